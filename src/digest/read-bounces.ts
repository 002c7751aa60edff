/** What a mail server's report says about mails of ours that could not be delivered (RFC 3464). */
import type { BounceReport } from '#core/subscription';
import { findPart, type MimePart, parseHeaders } from './parse-mime.ts';

const reasonCharsMax = 200;

/** Full mailboxes empty themselves, and a refusal of our contents or our server (5.7) says nothing of the address. */
const isHard = (status: string): boolean => /^5\./.test(status) && !/^5\.(?:2\.2$|7\.)/.test(status);

/** The failures in one mail; none in a mail that is no such report, or is about a mail that names no Message-ID. */
export function readBounces(mail: MimePart): BounceReport[] {
  const status = findPart(mail, (type) => type === 'message/delivery-status' || type === 'message/global-delivery-status');
  const original = findPart(mail, (type) => /^(?:message\/(?:rfc822|global)|text\/rfc822-headers|message\/global-headers)$/.test(type));
  const messageName = /^<?([\w.-]+)@/.exec(original ? (parseHeaders(headOf(original.body)).get('message-id') ?? '') : '')?.[1];
  if (!status || messageName === undefined) return [];
  const groups = status.body.split(/\r?\n[ \t]*\r?\n/).map(parseHeaders);
  return groups.flatMap((fields) => {
    if ((fields.get('action') ?? '').toLowerCase() !== 'failed') return [];
    const code = /\d\.\d{1,3}\.\d{1,3}/.exec(fields.get('status') ?? '')?.[0] ?? '';
    const said = (fields.get('diagnostic-code') ?? '').replace(/^[\w-]+;\s*/, '').slice(0, reasonCharsMax);
    return [{ messageName, hard: isHard(code), reason: [code, said].filter((part) => part !== '').join(' ') || 'returned' }];
  });
}

const headOf = (text: string): string => text.split(/\r?\n\r?\n/)[0] ?? '';
