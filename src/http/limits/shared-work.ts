/** One rendering that several requests wait for. It stays queued until it starts or the last of them leaves. */
import type { Socket } from 'node:net';
import type { Kind, Limiter, Work } from './concurrency-limiter.ts';

/** The queue was full and the client had the most requests in it. */
export class Overloaded extends Error {
  override readonly name = 'Overloaded';
}

/** The client closed its connection. */
export class ClientLeft extends Error {
  override readonly name = 'ClientLeft';
}

export type Waiter = { readonly client: string; readonly socket: Socket };

export type SharedWork<T> = {
  /** Returns the result. Throws `Overloaded` or `ClientLeft`. */
  wait(by: Waiter): Promise<T>;
};

type Options<T> = {
  readonly kind: Kind;
  readonly task: () => Promise<T>;
  /** Called when it has ended or no request waits for it. */
  readonly onEnd?: () => void;
};

export function createSharedWork<T>(
  limiter: Pick<Limiter, 'add' | 'remove'>,
  { kind, task, onEnd = () => {} }: Options<T>,
): SharedWork<T> {
  const result = Promise.withResolvers<T>();
  // Prevents an unhandled rejection when no request waits.
  result.promise.catch(() => {});
  const waiters = new Map<string, Set<(error: Error) => void>>();
  let hasStarted = false;

  const removeClient = (client: string): void => {
    waiters.delete(client);
    if (waiters.size === 0) onEnd();
  };

  const work: Work = {
    kind,
    async run() {
      hasStarted = true;
      await task().then(result.resolve, result.reject);
      onEnd();
    },
    dropFor(client) {
      const rejects = waiters.get(client) ?? [];
      removeClient(client);
      for (const reject of rejects) reject(new Overloaded('Too many requests wait.'));
    },
  };

  const join = (client: string, reject: (error: Error) => void): void => {
    const rejects = waiters.get(client) ?? new Set();
    waiters.set(client, rejects.add(reject));
    if (rejects.size === 1) limiter.add(client, work);
  };

  const leave = (client: string, reject: (error: Error) => void): void => {
    const rejects = waiters.get(client);
    if (hasStarted || !rejects?.delete(reject)) return;
    reject(new ClientLeft('The client has left.'));
    if (rejects.size > 0) return;
    limiter.remove(client, work);
    removeClient(client);
  };

  return {
    async wait({ client, socket }) {
      if (hasStarted) return await result.promise;
      const left = Promise.withResolvers<never>();
      const onClose = () => leave(client, left.reject);
      socket.once('close', onClose);
      join(client, left.reject);
      if (socket.destroyed) onClose();
      try {
        return await Promise.race([result.promise, left.promise]);
      } finally {
        socket.off('close', onClose);
      }
    },
  };
}
