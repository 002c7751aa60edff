/** Reads bounces and unsubscribe requests from returned mail. */
import type { BounceReport } from '#core/ports/subscriptions.ts';
import { parseMime, splitMailbox } from './parse-mime.ts';
import { readBounces } from './read-bounces.ts';

export type ReadMailbox = {
  readonly bounces: readonly BounceReport[];
  /** Tokens of the subscriptions to end. */
  readonly tokens: readonly string[];
};

/** `raw` is one mail or an mbox file. */
export async function readMailbox(raw: string): Promise<ReadMailbox> {
  const bounces: BounceReport[] = [];
  const tokens: string[] = [];
  for (const rawMail of splitMailbox(raw)) {
    const mail = await parseMime(rawMail);
    bounces.push(...(await readBounces(mail)));
    const token = /^leave ([\w-]{43})$/i.exec((mail.headers.get('subject') ?? '').trim())?.[1];
    if (token !== undefined) tokens.push(token);
  }
  return { bounces, tokens };
}

/** Returns a `mailto:` address (RFC 6068) for an unsubscribe mail that `readMailbox` understands (RFC 2369). */
export function toLeaveMail(address: string, token: string): string {
  return `mailto:${address.split('@').map(encodeURIComponent).join('@')}?subject=leave%20${token}`;
}
