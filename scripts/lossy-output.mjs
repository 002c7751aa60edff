/** Makes an output lossy: drops text that cannot be written. A write neither throws nor blocks. */

/** Size of the queue for a stalled reader. Later text is dropped until the reader resumes. */
const queuedBytesMax = 1_000_000;

/** For logs only: an export must write every byte or fail. */
export function makeLossy(...streams) {
  for (const stream of streams) {
    stream.on('error', () => {});
    neverBlock(stream);
    forgetErrors(stream);
    dropWhenFull(stream);
  }
}

/** Node.js blocks on terminals, and Next also on pipes. A paused terminal (Ctrl-S) would block the whole process. */
function neverBlock({ _handle: handle }) {
  if (!handle?.setBlocking) return;
  handle.setBlocking(false);
  handle.setBlocking = () => 0;
}

/** Hides errors from the stream, because an error unpipes the outputs of the worker threads. */
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
