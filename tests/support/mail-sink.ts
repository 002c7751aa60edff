/** A minimal SMTP server that accepts everything. It is cheap, so a bench measures the sender. Can be a worker. */

import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';

export type SunkMail = { readonly to: readonly string[]; readonly raw: string };
export type MailSink = { readonly url: string; readonly mails: SunkMail[]; close(): Promise<void> };

export async function startMailSink(keep = true): Promise<MailSink> {
  const mails: SunkMail[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
    talk(socket, (mail) => keep && mails.push(mail));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mails,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** Stores the headers of each mail. */
function talk(socket: Socket, onMail: (mail: SunkMail) => void): void {
  let text = '';
  let to: string[] = [];
  let inMail = false;
  const say = (line: string) => socket.write(`${line}\r\n`);
  say('220 sink');
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    text += chunk;
    for (;;) {
      const end = inMail ? text.indexOf('\r\n.\r\n') : text.indexOf('\r\n');
      if (end < 0) return;
      const piece = text.slice(0, end);
      text = text.slice(end + (inMail ? 5 : 2));
      if (inMail) {
        onMail({ to, raw: `${piece.slice(0, Math.max(0, piece.indexOf('\r\n\r\n')))}\r\n` });
        to = [];
        inMail = false;
        say('250 taken');
        continue;
      }
      const verb = piece.slice(0, 4).toUpperCase();
      if (verb === 'RCPT') to.push(/<([^>]*)>/.exec(piece)?.[1] ?? '');
      inMail = verb === 'DATA';
      if (verb === 'QUIT') return void socket.end('221 bye\r\n');
      say(inMail ? '354 go on' : '250 sink');
    }
  });
}

if (parentPort && (workerData as { counting?: boolean } | null)?.counting)
  parentPort.postMessage((await startMailSink(false)).url);
