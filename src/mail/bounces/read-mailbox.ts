/** What comes back by mail: reports of mails that could not be delivered, and wishes to leave. */
import type { BounceReport } from '#core/ports/subscriptions.ts';
import { parseMime, splitMailbox } from './parse-mime.ts';
import { readBounces } from './read-bounces.ts';

export type ReadMailbox = {
  readonly bounces: readonly BounceReport[];
  /** Of those who wish to leave. */
  readonly tokens: readonly string[];
};

/** Of one mail, or a file of many in the mbox form. */
export async function readMailbox(raw: string): Promise<ReadMailbox> {
  const bounces: BounceReport[] = [];
  const tokens: string[] = [];
  for (const one of splitMailbox(raw)) {
    const mail = await parseMime(one);
    bounces.push(...(await readBounces(mail)));
    const token = /^leave ([\w-]{43})$/i.exec((mail.headers.get('subject') ?? '').trim())?.[1];
    if (token !== undefined) tokens.push(token);
  }
  return { bounces, tokens };
}

/** The mail that `readMailbox` reads, as an address that mail programs write it from (RFC 2369, RFC 6068). */
export function toLeaveMail(address: string, token: string): string {
  return `mailto:${address.split('@').map(encodeURIComponent).join('@')}?subject=leave%20${token}`;
}
