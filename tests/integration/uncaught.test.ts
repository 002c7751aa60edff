/** Errors that nobody catches, in a real process: what ends it, what does not, and how it ends. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '#tests/ingest-load.ts';

/** Runs a program after `endOnUncaughtError`, beside handlers that only log, as Next installs them. */
function run(program: string, stop = "async () => console.log('stopped')") {
  const file = (name: string) => JSON.stringify(join(root, name));
  const source = `
    import { createServer, get } from 'node:http';
    const { endOnUncaughtError } = await import(${file('src/http/server/uncaught-errors.ts')});
    const { trackRequests } = await import(${file('src/http/routes/request-context.ts')});
    endOnUncaughtError(${stop}, 300);
    process.on('uncaughtException', (error) => console.error('logged by Next', error.message));
    process.on('unhandledRejection', (error) => console.error('logged by Next', error.message));
    trackRequests();
    ${program}`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', source], { cwd: root });
  const output = Promise.all([child.stdout, child.stderr].map(async (stream) => (await stream.toArray()).join('')));
  return new Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>((resolve) => {
    child.once('exit', async (code) => {
      const [stdout = '', stderr = ''] = await output;
      resolve({ code, stdout, stderr });
    });
  });
}

test.each([
  ['an error', "setTimeout(() => { throw new Error('planted'); }); setInterval(() => {}, 1000);"],
  ['a rejection', "void Promise.reject(new Error('planted')); setInterval(() => {}, 1000);"],
  [
    'each of many errors',
    "for (let n = 0; n < 3; n++) setTimeout(() => { throw new Error('planted'); }); setInterval(() => {}, 1000);",
  ],
])('%s that nobody catches is logged once and ends the process with 1 after its stop', async (_, program) => {
  const { code, stdout, stderr } = await run(program);
  expect([code, stdout]).toEqual([1, 'stopped\n']);
  expect(stderr.match(/planted/g)).toHaveLength(1);
  expect(stderr).not.toContain('logged by Next');
});

test.each([
  ['never ends', 'async () => { await new Promise(() => {}); }'],
  ['fails', "async () => { throw new Error('stop failed'); }"],
])('a stop that %s does not keep the process', async (_, stop) => {
  expect(
    (await run("setTimeout(() => { throw new Error('planted'); }); setInterval(() => {}, 1000);", stop)).code,
  ).toBe(1);
});

test('a rejection that a request leaves behind is logged by Next and ends nothing', async () => {
  const { code, stderr } = await run(`
    const server = createServer(async (request, response) => {
      await null;
      void Promise.reject(new Error('planted'));
      setTimeout(() => response.end(), 50);
    });
    server.listen(0, '127.0.0.1', () => get({ port: server.address().port, agent: false }, (response) => {
      response.resume().on('end', () => process.exit(0));
    }));`);
  expect([code, stderr]).toEqual([0, 'logged by Next planted\n']);
});
