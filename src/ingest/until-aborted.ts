/** An event stream that ends when it is no longer wanted, also while its source waits for bytes that never come. */

/** Ends at once when the signal aborts; the source is then told to end, and not waited for. */
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
      ended?.catch(() => {}); // how a source ends that nobody waits for is not told
    else await ended;
  }
}
