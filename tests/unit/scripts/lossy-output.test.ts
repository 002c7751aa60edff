/** Tests lossy outputs: text that cannot be written is lost, and nothing else happens. */
import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { makeLossy } from '#scripts/lossy-output.mjs';

test('an output that fails still receives later text and emits no error', async () => {
  const got: string[] = [];
  const output = new Writable({
    decodeStrings: false,
    write(chunk: string, _, done) {
      got.push(chunk);
      done(got.length === 1 ? new Error('ENOSPC') : null);
    },
  });
  makeLossy(output);
  await new Promise((resolve) => output.write('lost\n', resolve));
  await new Promise((resolve) => output.write('written\n', resolve));
  expect(got).toEqual(['lost\n', 'written\n']);
  expect(output.errored).toBeNull();
});

test('a stalled output queues one megabyte, drops the rest and resumes with its reader', async () => {
  let goOn = () => {};
  const got: number[] = [];
  const output = new Writable({
    decodeStrings: false,
    write(chunk: string, _, done) {
      got.push(chunk.length);
      goOn = done;
    },
  });
  makeLossy(output);
  const line = 'x'.repeat(1000);
  let said = 0;
  for (let count = 0; count < 5000; count++) output.write(line, () => void said++);
  expect(output.writableLength).toBe(1_000_000);
  await new Promise((resolve) => setImmediate(resolve));
  expect(said).toBe(4000);
  while (output.writableLength > 0) {
    goOn();
    await new Promise((resolve) => setImmediate(resolve));
  }
  output.write('again');
  expect([got.length, got.at(-1)]).toEqual([1001, 5]);
});

test('no later call makes the output block again', () => {
  const calls: boolean[] = [];
  const output = Object.assign(new Writable(), { _handle: { setBlocking: (on: boolean) => calls.push(on) } });
  makeLossy(output);
  output._handle.setBlocking(true);
  expect(calls).toEqual([false]);
});
