/** Tests that a start removes the socket folders of killed servers, and no folder in use. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openSocketFolder, removeDeadSockets } from '#platform/socket-folder.ts';
import { aTempFolder } from '#tests/temp-store.ts';

const inAnHour = () => Date.now() + 3_600_000;

/** Starts a process that listens on the socket, and kills it. */
async function aKilledServer(folder: string): Promise<void> {
  mkdirSync(folder);
  const code = `require('node:net').createServer().listen(process.argv[1], () => console.log('up'))`;
  const child = spawn(process.execPath, ['-e', code, join(folder, 'origin')], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
}

async function aLiveServer(folder: string): Promise<void> {
  mkdirSync(folder);
  const server = createServer();
  server.listen(join(folder, 'origin'));
  await once(server, 'listening');
  onTestFinished(() => void server.close());
}

it('the socket folder of a killed server is removed, that of a running server is not', async () => {
  const temporary = aTempFolder();
  await aKilledServer(join(temporary, 'paper-digest-dead00'));
  await aLiveServer(join(temporary, 'paper-digest-live00'));
  await removeDeadSockets(temporary, inAnHour());
  expect(readdirSync(temporary)).toEqual(['paper-digest-live00']);
});

it('servers that start at the same time can remove the same folders', async () => {
  const temporary = aTempFolder();
  for (const name of ['dead00', 'dead01', 'dead02']) await aKilledServer(join(temporary, `paper-digest-${name}`));
  await Promise.all(Array.from({ length: 8 }, () => removeDeadSockets(temporary, inAnHour())));
  expect(readdirSync(temporary)).toEqual([]);
});

it('a new socket is not removed, because its server may not listen yet', async () => {
  const temporary = aTempFolder();
  await aKilledServer(join(temporary, 'paper-digest-young0'));
  await removeDeadSockets(temporary);
  expect(readdirSync(temporary)).toEqual(['paper-digest-young0']);
});

it('a folder of that name with other files is not removed', async () => {
  const temporary = aTempFolder();
  await aKilledServer(join(temporary, 'paper-digest-notes0'));
  writeFileSync(join(temporary, 'paper-digest-notes0', 'notes.txt'), 'mine');
  await aKilledServer(join(temporary, 'somebody-else'));
  mkdirSync(join(temporary, 'paper-digest-empty0'));
  mkdirSync(join(temporary, 'paper-digest-plain0'));
  writeFileSync(join(temporary, 'paper-digest-plain0', 'origin'), 'a file');
  utimesSync(join(temporary, 'paper-digest-plain0', 'origin'), 0, 0);
  const before = readdirSync(temporary);
  await removeDeadSockets(temporary, inAnHour());
  expect(readdirSync(temporary)).toEqual(before);
});

it('each server has its own folder, which no other user can open', async () => {
  const temporary = aTempFolder();
  const [first, second] = [await openSocketFolder(temporary), await openSocketFolder(temporary)];
  expect(dirname(first)).not.toBe(dirname(second));
  expect(existsSync(dirname(first))).toBe(true);
});
