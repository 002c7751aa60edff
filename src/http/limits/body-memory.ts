/** Room in memory for bodies that are read or wait for their response. When there is too little, the client that takes most of it loses one. */

type Share = { readonly client: string; bytes: number; isRead: boolean; readonly dropped: PromiseWithResolvers<void> };
export type BodyShare = {
  /** Takes room for so many bytes more; another body, or this one, may be dropped for them. */
  add(bytes: number): void;
  /** The body is there: from now on it is not dropped any more. */
  end(): void;
  readonly dropped: Promise<void>;
  giveBack(): void;
};

export function createBodyRoom(bytesMax: number) {
  const shares = new Set<Share>();
  let bytesOfAll = 0;

  /** Of clients that have as much, the newcomer. */
  const clientWithMost = (newcomer: string): string => {
    const bytesOf = new Map<string, number>();
    for (const { client, bytes } of shares) bytesOf.set(client, (bytesOf.get(client) ?? 0) + bytes);
    let most = newcomer;
    for (const [client, bytes] of bytesOf) if (bytes > (bytesOf.get(most) ?? 0)) most = client;
    return most;
  };

  const giveBack = (share: Share): void => {
    if (shares.delete(share)) bytesOfAll -= share.bytes;
  };

  /** A client whose bodies are all there keeps them: they are responded to soon, and it may not send another. */
  const makeRoom = (newcomer: string): void => {
    while (bytesOfAll > bytesMax) {
      const loser = clientWithMost(newcomer);
      const newest = [...shares].findLast(({ client, isRead }) => client === loser && !isRead);
      if (!newest) return;
      giveBack(newest);
      newest.dropped.resolve();
    }
  };

  return (client: string): BodyShare => {
    const share: Share = { client, bytes: 0, isRead: false, dropped: Promise.withResolvers<void>() };
    shares.add(share);
    return {
      dropped: share.dropped.promise,
      add(bytes) {
        if (!shares.has(share)) return;
        share.bytes += bytes;
        bytesOfAll += bytes;
        makeRoom(client);
      },
      end() {
        share.isRead = true;
      },
      giveBack: () => giveBack(share),
    };
  };
}
