/** What comes back by mail: reports of mails that could not be delivered, and wishes to leave. */
import type { BounceReport } from '#core/subscription';
import { parseMime, splitMailbox } from './parse-mime.ts';
import { readBounces } from './read-bounces.ts';

export type ReadMailbox = {
  readonly bounces: readonly BounceReport[];
  /** Of those who wish to leave. */
  readonly tokens: readonly string[];
};

/** Of one mail, or a file of many in the mbox form. */
export function readMailbox(raw: string): ReadMailbox {
  const mails = splitMailbox(raw).map((one) => parseMime(one));
  return {
    bounces: mails.flatMap(readBounces),
    tokens: mails.flatMap(({ headers }) => /^leave ([\w-]{43})$/i.exec((headers.get('subject') ?? '').trim())?.[1] ?? []),
  };
}

/** The mail that `readMailbox` reads, as an address that mail programs write it from (RFC 2369, RFC 6068). */
export function toLeaveMail(address: string, token: string): string {
  return `mailto:${address.split('@').map(encodeURIComponent).join('@')}?subject=leave%20${token}`;
}
