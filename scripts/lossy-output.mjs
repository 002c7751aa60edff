/** Makes an output lossy: text that cannot be written is dropped. A write neither throws nor waits. */

/** A reader that stalls is behind by at most this much. Later text is dropped until the reader goes on. */
const queuedBytesMax = 1_000_000;

/** For logs. Not for data: a reader of an export must get every byte or see the command fail. */
export function makeLossy(...streams) {
  for (const stream of streams) {
    stream.on('error', () => {});
    neverBlock(stream);
    forgetErrors(stream);
    dropWhenFull(stream);
  }
}

/** Node.js makes writes to a terminal wait, Next also those to a pipe: a paused terminal (Ctrl-S) would stop the whole process. */
function neverBlock({ _handle: handle }) {
  if (!handle?.setBlocking) return;
  handle.setBlocking(false);
  handle.setBlocking = () => 0;
}

/** No error reaches the stream: it would unpipe the outputs of the worker threads. */
function forgetErrors(stream) {
  for (const name of ['_write', '_writev']) {
    const write = stream[name]?.bind(stream);
    if (!write) continue;
    stream[name] = (...args) => {
      const done = args.pop();
      write(...args, () => done());
    };
  }
}

function dropWhenFull(stream) {
  const write = stream.write.bind(stream);
  stream.write = (...args) => {
    if (stream.writableLength < queuedBytesMax) return write(...args);
    const done = args.at(-1);
    if (typeof done === 'function') process.nextTick(done);
    return true;
  };
}
