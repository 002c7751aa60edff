/**
 * Yields the events until the signal aborts, even while the source waits for bytes.
 * After an abort, closes the source without waiting for it.
 */
export async function* untilAborted<T>(events: AsyncIterable<T>, signal: AbortSignal | undefined): AsyncGenerator<T> {
  const iterator = events[Symbol.asyncIterator]();
  let stop = () => {};
  const onAbort = () => stop();
  signal?.addEventListener('abort', onAbort, { once: true });
  const next = () =>
    new Promise<IteratorResult<T>>((resolve, reject) => {
      stop = () => resolve({ done: true, value: undefined });
      iterator.next().then(resolve, reject);
    });
  try {
    while (!signal?.aborted) {
      const step = await next();
      if (step.done || signal?.aborted) return;
      yield step.value;
    }
  } finally {
    signal?.removeEventListener('abort', onAbort);
    const ended = iterator.return?.();
    if (signal?.aborted)
      ended?.catch(() => {}); // nobody awaits the source, so its errors have no receiver
    else await ended;
  }
}
