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

export type Waiting = { readonly client: string; readonly socket: Socket };

export type SharedWork<T> = {
  /** Returns the result. Throws `Overloaded` or `ClientLeft`. */
  wait(by: Waiting): Promise<T>;
};

type Options<T> = {
  readonly kind: Kind;
  readonly make: () => Promise<T>;
  /** Called when it has ended or no request waits for it. */
  readonly onOver?: () => void;
};

export function createSharedWork<T>(
  limiter: Pick<Limiter, 'add' | 'remove'>,
  { kind, make, onOver = () => {} }: Options<T>,
): SharedWork<T> {
  const result = Promise.withResolvers<T>();
  // Prevents an unhandled rejection when no request waits.
  result.promise.catch(() => {});
  const waiting = new Map<string, Set<(why: Error) => void>>();
  let hasBegun = false;

  const forget = (client: string): void => {
    waiting.delete(client);
    if (waiting.size === 0) onOver();
  };

  const work: Work = {
    kind,
    async run() {
      hasBegun = true;
      await make().then(result.resolve, result.reject);
      onOver();
    },
    dropFor(client) {
      const own = waiting.get(client) ?? [];
      forget(client);
      for (const reject of own) reject(new Overloaded('Too many requests wait.'));
    },
  };

  const join = (client: string, reject: (why: Error) => void): void => {
    const own = waiting.get(client) ?? new Set();
    waiting.set(client, own.add(reject));
    if (own.size === 1) limiter.add(client, work);
  };

  const leave = (client: string, reject: (why: Error) => void): void => {
    const own = waiting.get(client);
    if (hasBegun || !own?.delete(reject)) return;
    reject(new ClientLeft('The client has left.'));
    if (own.size > 0) return;
    limiter.remove(client, work);
    forget(client);
  };

  return {
    async wait({ client, socket }) {
      if (hasBegun) return await result.promise;
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
