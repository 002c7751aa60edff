/** Reads the failed deliveries from a mail server's delivery status notification (RFC 3464). */
import type { BounceReport } from '#core/ports/subscriptions.ts';
import { headOf, type MimeMail, parseMime } from './parse-mime.ts';

const reasonCharsMax = 200;

/** RFC 3463: a full mailbox (5.2.2) is transient, and a policy rejection (5.7) does not concern the address. */
const isAddressInvalid = (status: string): boolean => /^5\./.test(status) && !/^5\.(?:2\.2$|7\.)/.test(status);

/** Returns an empty list for a mail that is no report, and for a report about a mail without Message-ID. */
export async function readBounces({ attachments }: MimeMail): Promise<BounceReport[]> {
  const status = attachments.find(({ type }) => /^message\/(?:global-)?delivery-status$/.test(type));
  const original = attachments.find(({ type }) =>
    /^(?:message\/(?:rfc822|global)|text\/rfc822-headers|message\/global-headers)$/.test(type),
  );
  const messageId = original && (await parseMime(headOf(original.body))).headers.get('message-id');
  const messageName = /^<?([\w.-]+)@/.exec(messageId ?? '')?.[1];
  if (!status || messageName === undefined) return [];
  const reports: BounceReport[] = [];
  // Each group of fields has the syntax of a header section.
  for (const group of status.body.split(/\n[ \t\r]*\n/)) {
    const { headers: fields } = await parseMime(group);
    if ((fields.get('action') ?? '').toLowerCase() !== 'failed') continue;
    const code = /\d\.\d{1,3}\.\d{1,3}/.exec(fields.get('status') ?? '')?.[0] ?? '';
    const diagnostic = (fields.get('diagnostic-code') ?? '').replace(/^[\w-]+;\s*/, '').slice(0, reasonCharsMax);
    reports.push({
      messageName,
      hard: isAddressInvalid(code),
      reason: [code, diagnostic].filter((part) => part !== '').join(' ') || 'returned',
    });
  }
  return reports;
}
