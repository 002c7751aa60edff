/** Bodies of hundreds of megabytes. */
import { request as httpRequest } from 'node:http';
import type { Outcome } from './attack-row.ts';
import type { Instance } from './instance.ts';
import { tally } from './tally.ts';

/** The server must reject or drain unexpected bodies without using memory. */
export async function sendLargeBodies(instance: Instance): Promise<Outcome> {
  const before = instance.memory();
  const tries = [];
  for (const [path, type] of [
    ['/papers', 'text/plain'],
    ['/mcp', 'application/json'],
    ['/subscribe/request', 'application/x-www-form-urlencoded'],
  ] as const) {
    const status = await sendMegabytes(instance.url + path, type, 300);
    tries.push({ what: path, problem: status === 0 || (status >= 400 && status < 500) ? null : `status ${status}` });
  }
  const grown = Math.round(instance.memory() - before);
  tries.push({ what: 'memory', problem: grown > 150 ? `${grown} MB more` : null });
  return tally(tries, Number.isNaN(grown) ? '' : `, ${grown} MB more`);
}

/** Returns the status, or 0 if the server closed the connection. */
function sendMegabytes(url: string, type: string, megabytes: number): Promise<number> {
  const chunk = Buffer.alloc(1_000_000, 'a');
  return new Promise((resolve) => {
    const sent = httpRequest(
      url,
      { method: 'POST', headers: { 'content-type': type, 'sec-fetch-site': 'same-origin' } },
      (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
        sent.destroy();
      },
    );
    sent.on('error', () => resolve(0));
    let left = megabytes;
    const write = () => {
      while (left-- > 0) if (!sent.write(chunk)) return void sent.once('drain', write);
      sent.end();
    };
    write();
  });
}
