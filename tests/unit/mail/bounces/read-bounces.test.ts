/** Tests bounces (RFC 3464) as mail servers write them, and mails that only resemble them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMime } from '#mail/bounces/parse-mime.ts';
import { readMailbox } from '#mail/bounces/read-mailbox.ts';
import { propertyRuns } from '#tests/property-runs.ts';

const readBounces = async (raw: string) => (await readMailbox(raw)).bounces;

type Report = {
  readonly action?: string;
  readonly status?: string;
  readonly original?: string;
  readonly type?: string;
};

const report = ({
  action = 'failed',
  status = '5.1.1',
  original = 'Message-ID: <digest.2025-12-16.00ff@digest.example>\nSubject: x',
  type = 'message/rfc822',
}: Report = {}) =>
  `From: MAILER-DAEMON@mail.example
To: digest@digest.example
Subject: Undelivered Mail
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
 boundary="b/1"

This is a MIME message.
--b/1
Content-Type: text/plain

It did not work.
--b/1
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example

Final-Recipient: rfc822; reader@example.org
Action: ${action}
Status: ${status}
Diagnostic-Code: smtp; 550 5.1.1 <reader@example.org>:
 no such user

--b/1
Content-Type: ${type}

${original}

the body
--b/1--
`.replaceAll('\n', '\r\n');

const messageName = 'digest.2025-12-16.00ff';

describe('bounces', () => {
  it('a bounce yields the name of our mail and the reason', async () => {
    expect(await readBounces(report())).toEqual([
      { messageName, hard: true, reason: '5.1.1 550 5.1.1 <reader@example.org>: no such user' },
    ]);
    expect(await readBounces(report({ type: 'text/rfc822-headers' }))).toHaveLength(1);
  });
  it.each([
    ['5.1.1', true],
    ['5.1.10', true],
    ['5.4.4', true],
    ['5.2.2', false],
    ['5.7.1', false],
    ['4.2.2', false],
    ['4.4.7', false],
  ])('status %s means that the address is invalid: %s', async (status, hard) => {
    expect(await readBounces(report({ status }))).toMatchObject([{ hard }]);
  });
  it('a report about a delay, a delivery or a mail without Message-ID yields no bounce', async () => {
    for (const action of ['delayed', 'delivered', 'relayed']) expect(await readBounces(report({ action }))).toEqual([]);
    expect(await readBounces(report({ original: 'Subject: x' }))).toEqual([]);
    expect(
      await readBounces('Subject: hello\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\nMessage-ID: <digest.x@y>'),
    ).toEqual([]);
  });
  it('an mbox file yields the bounces of all its mails', async () => {
    const box = `From a@b.example Mon Dec 15 00:00:00 2025\r\n${report()}\r\nFrom a@b.example Mon Dec 15 00:00:01 2025\r\nSubject: x\r\n\r\nFrom here on nothing.\r\n`;
    expect(await readBounces(box)).toHaveLength(1);
  });
  it('noise yields no bounce', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 400 }), fc.nat(1_200), async (noise, at) => {
        await readBounces(report().slice(0, at) + noise + report().slice(at));
        expect(await readBounces(noise)).toEqual([]);
      }),
      { numRuns: propertyRuns(500) },
    );
  }, 20_000);
});

describe('MIME parser', () => {
  it('the parser decodes encoded words, quoted-printable and base64', async () => {
    const mail = await parseMime(
      [
        'Subject: =?utf-8?Q?caf=C3=A9_?=',
        ' =?utf-8?B?4oCc?=',
        'Content-Type: multipart/alternative; boundary=x',
        '',
        '--x',
        'Content-Type: text/plain; charset=utf-8',
        'Content-Transfer-Encoding: quoted-printable',
        '',
        'a=C3=A9 =',
        'b',
        '--x',
        'Content-Type: text/html',
        'Content-Transfer-Encoding: base64',
        '',
        'PGI+',
        '--x--',
      ].join('\r\n'),
    );
    expect(mail.headers.get('subject')).toBe('café “');
    expect([mail.text.trim(), mail.html.trim()]).toEqual(['aé b', '<b>']);
  });
  it('a mail with too deeply nested parts still yields its headers', async () => {
    const open = (depth: number) => `Content-Type: multipart/mixed; boundary=b${depth}\r\n\r\n--b${depth}\r\n`;
    const nested = (depth: number) =>
      `Subject: x\r\n${Array.from({ length: depth }, (_, i) => open(i)).join('')}\r\nthe text`;
    const [few, many] = [await parseMime(nested(8)), await parseMime(nested(9))];
    expect([few.headers.get('subject'), few.text.trim()]).toEqual(['x', 'the text']);
    expect([many.headers.get('subject'), many.text.trim()]).toEqual(['x', '']);
  });
  it('a mail with too many parts is truncated, and an endless header section yields no headers', async () => {
    const parts = await parseMime(
      `Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\nContent-Type: a/b\r\n\r\nx\r\n'.repeat(20_000)}`,
    );
    expect(parts.attachments.length).toBe(1_000);
    expect(await parseMime(`Subject: x\r\n${'A: b\r\n'.repeat(100_000)}`)).toMatchObject({ text: '', attachments: [] });
  });
});
