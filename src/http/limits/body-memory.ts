/** Limits the memory of request bodies. When it is full, the client that uses most of it loses its newest body. */

type Share = {
  readonly client: string;
  bytes: number;
  isComplete: boolean;
  readonly dropped: PromiseWithResolvers<void>;
};
export type BodyShare = {
  /** Counts more bytes. If the limit is exceeded, this or another incomplete body is dropped. */
  add(bytes: number): void;
  /** Marks the body as complete. A complete body is never dropped. */
  end(): void;
  readonly dropped: Promise<void>;
  release(): void;
};

export function createBodyMemory(bytesMax: number) {
  const shares = new Set<Share>();
  let totalBytes = 0;

  /** Of clients that use equally much, the newcomer. */
  const clientWithMost = (newcomer: string): string => {
    const bytesOf = new Map<string, number>();
    for (const { client, bytes } of shares) bytesOf.set(client, (bytesOf.get(client) ?? 0) + bytes);
    let most = newcomer;
    for (const [client, bytes] of bytesOf) if (bytes > (bytesOf.get(most) ?? 0)) most = client;
    return most;
  };

  const release = (share: Share): void => {
    if (shares.delete(share)) totalBytes -= share.bytes;
  };

  /** A client with complete bodies only loses none: its responses follow soon and free the memory. */
  const evict = (newcomer: string): void => {
    while (totalBytes > bytesMax) {
      const loser = clientWithMost(newcomer);
      const newest = [...shares].findLast(({ client, isComplete }) => client === loser && !isComplete);
      if (!newest) return;
      release(newest);
      newest.dropped.resolve();
    }
  };

  return (client: string): BodyShare => {
    const share: Share = { client, bytes: 0, isComplete: false, dropped: Promise.withResolvers<void>() };
    shares.add(share);
    return {
      dropped: share.dropped.promise,
      add(bytes) {
        if (!shares.has(share)) return;
        share.bytes += bytes;
        totalBytes += bytes;
        evict(client);
      },
      end() {
        share.isComplete = true;
      },
      release: () => release(share),
    };
  };
}
