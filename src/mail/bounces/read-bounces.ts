/** What a mail server's report says about mails of ours that could not be delivered (RFC 3464). */
import type { BounceReport } from '#core/ports/subscriptions.ts';
import { headOf, type MimeMail, parseMime } from './parse-mime.ts';

const reasonCharsMax = 200;

/** Full mailboxes empty themselves, and a refusal of our contents or our server (5.7) says nothing of the address. */
const isHard = (status: string): boolean => /^5\./.test(status) && !/^5\.(?:2\.2$|7\.)/.test(status);

/** The failures in one mail; none in a mail that is no such report, or is about a mail that names no Message-ID. */
export async function readBounces({ attachments }: MimeMail): Promise<BounceReport[]> {
  const status = attachments.find(({ type }) => /^message\/(?:global-)?delivery-status$/.test(type));
  const original = attachments.find(({ type }) =>
    /^(?:message\/(?:rfc822|global)|text\/rfc822-headers|message\/global-headers)$/.test(type),
  );
  const messageId = original && (await parseMime(headOf(original.body))).headers.get('message-id');
  const messageName = /^<?([\w.-]+)@/.exec(messageId ?? '')?.[1];
  if (!status || messageName === undefined) return [];
  const reports: BounceReport[] = [];
  // Each group of fields has the form of a mail's head.
  for (const group of status.body.split(/\n[ \t\r]*\n/)) {
    const { headers: fields } = await parseMime(group);
    if ((fields.get('action') ?? '').toLowerCase() !== 'failed') continue;
    const code = /\d\.\d{1,3}\.\d{1,3}/.exec(fields.get('status') ?? '')?.[0] ?? '';
    const said = (fields.get('diagnostic-code') ?? '').replace(/^[\w-]+;\s*/, '').slice(0, reasonCharsMax);
    reports.push({
      messageName,
      hard: isHard(code),
      reason: [code, said].filter((part) => part !== '').join(' ') || 'returned',
    });
  }
  return reports;
}
