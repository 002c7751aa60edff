/** Tests the outcome of a mail at a real SMTP server, and that hostile input cannot add headers or recipients. */

import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Mail, type MailContent, parseMailAddress } from '#core/ports/mail.ts';
import { openOutboxMail } from '#mail/outbox.ts';
import { createComposer } from '#platform/mail/mime-message.ts';
import { createOutboxMailer, listOutbox, readOutbox } from '#platform/mail/outbox-mailer.ts';
import { anSmtpMailer } from '#tests/a-digest.ts';
import { aMailServer } from '#tests/a-mail-server.ts';
import { propertyRuns } from '#tests/property-runs.ts';
import { aTempFolder } from '#tests/temp-store.ts';
import { escapeHtml } from '#ui/kit/render-html.tsx';

const tokenHole = 'H'.repeat(43);

const aMail = ({
  to = 'reader@example.org' as Mail['to'],
  ...content
}: Partial<MailContent> & { readonly to?: Mail['to'] } = {}): Mail => ({
  to,
  content: { subject: 'A subject', html: '<p>Some “HTML”</p>', text: 'Some “text”\n', tokenHole, ...content },
  token: 'x'.repeat(43),
  messageId: 'digest.2025-12-16.abc@digest.example',
  headers: { 'List-Unsubscribe': `<https://digest.example/subscription/${'x'.repeat(43)}/leave>` },
});

const refusal = (responseCode: number, text: string) => Object.assign(new Error(text), { responseCode });

describe('mailer', () => {
  it.each([
    [550, '5.1.1 no such user', { kind: 'refused', hard: true, final: true }],
    [550, 'no such user', { kind: 'refused', hard: true, final: true }],
    [550, '5.7.1 we do not like you', { kind: 'refused', hard: false, final: true }],
    [552, '5.2.2 mailbox full', { kind: 'refused', hard: false, final: true }],
    [451, '4.7.1 greylisted', { kind: 'refused', hard: false, final: false }],
    [421, 'too many connections', { kind: 'unreachable' }],
  ])('the server’s reply %i %s to a recipient yields an outcome', async (code, text, outcome) => {
    const server = await aMailServer({ onRcptTo: (_address, _session, callback) => callback(refusal(code, text)) });
    expect(await anSmtpMailer(server.url).send(aMail())).toMatchObject(outcome);
  });

  it('a rejected message does not make the address invalid', async () => {
    const server = await aMailServer({
      onData(stream, _session, callback) {
        stream.on('end', () => callback(refusal(554, 'spam'))).resume();
      },
    });
    expect(await anSmtpMailer(server.url).send(aMail())).toMatchObject({ kind: 'refused', hard: false, final: true });
  });

  it('a server that is down or rejects the login is unreachable', async () => {
    expect(await anSmtpMailer('smtp://127.0.0.1:1').send(aMail())).toMatchObject({ kind: 'unreachable' });
    const server = await aMailServer({
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      authOptional: false,
      onAuth: (_auth, _session, callback) => callback(new Error('no')),
    });
    expect(await anSmtpMailer(server.url.replace('//', '//user:wrong@')).send(aMail())).toMatchObject({
      kind: 'unreachable',
    });
  });

  it.each([
    ['the recipient', 'RCPT', 'uncertain'],
    ['the whole mail', '\r\n.\r\n', 'uncertain'],
  ])('a connection that breaks after %s makes the outcome uncertain', async (_, mark, kind) => {
    const url = await aServerThatBreaksAt(mark);
    expect(await anSmtpMailer(url).send(aMail())).toMatchObject({ kind });
  });

  it('a mail in the outbox reads back unchanged, and a retry replaces it', async () => {
    const folder = aTempFolder();
    const mailer = createOutboxMailer(folder, 'Paper Digest <digest@localhost>');
    for (const subject of ['First', 'Second: “ä”'])
      expect(await mailer.send(aMail({ subject }))).toEqual({ kind: 'sent' });
    const [file] = listOutbox(folder);
    expect(listOutbox(folder)).toHaveLength(1);
    const files = {
      names: () => listOutbox(folder).map((one) => one.name),
      read: (name: string) => readOutbox(folder, name),
    };
    expect(await openOutboxMail(files, file?.name ?? '')).toMatchObject({
      to: 'reader@example.org',
      subject: 'Second: “ä”',
      text: 'Some “text”\n',
      html: '<p>Some “HTML”</p>',
    });
    for (const name of ['../digest.db', '/etc/passwd', 'none.eml', ''])
      expect(await openOutboxMail(files, name)).toBeNull();
    mailer.forget('other@example.org' as Mail['to']);
    expect(listOutbox(folder)).toHaveLength(1);
    mailer.forget(aMail().to);
    expect(listOutbox(folder)).toHaveLength(0);
  });
});

describe('shared content', () => {
  const said = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 120 }),
    fc.constantFrom('漢字と仮名。'.repeat(40), 'plain text. '.repeat(20), 'word'.repeat(90), '.\r\n.', '=', '=\r\n'),
  );

  it('every recipient gets their own token at every placeholder, in lines of legal length', async () => {
    const compose = createComposer('Paper Digest <digest@digest.example>');
    await fc.assert(
      fc.asyncProperty(said, said, fc.base64String({ minLength: 44, maxLength: 44 }), async (before, after, secret) => {
        const token = secret.slice(0, 43).replaceAll('+', '-').replaceAll('/', '_');
        const text = `x${before} /${tokenHole}/leave ${after} ${tokenHole}`;
        const mail = aMail({ text, html: `<p>${escapeHtml(text)}</p>` });
        for (const one of [token, 'x'.repeat(43)]) {
          const raw = (await compose({ ...mail, token: one })).toString('latin1');
          expect(raw).toMatch(/^[\t\r\n -~]*$/);
          for (const line of raw.split('\r\n')) expect(line.length).toBeLessThanOrEqual(998);
          expect(raw.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
          const parsed = await simpleParser(raw);
          for (const form of [parsed.text ?? '', String(parsed.html)]) {
            expect(form.split(one)).toHaveLength(3);
            expect(form).toContain(`/${one}/leave`);
            expect(form).not.toContain(tokenHole);
          }
        }
      }),
      { numRuns: propertyRuns(150), examples: [['漢字と仮名。'.repeat(40), '\r', 'A'.repeat(44)]] },
    );
  }, 60_000);
});

/** Speaks SMTP until it receives `mark`, then closes the connection. */
async function aServerThatBreaksAt(mark: string): Promise<string> {
  const server = createServer((socket: Socket) => {
    socket.on('error', () => socket.destroy()).write('220 x\r\n');
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      if (chunk.includes(mark)) return void socket.destroy();
      if (/^DATA/m.test(chunk)) socket.write('354 go on\r\n');
      else if (/^(?:EHLO|MAIL|RCPT)/m.test(chunk)) socket.write('250 x\r\n');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  return `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('hostile input', () => {
  const nasty = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.constantFrom(
      '\r\nBcc: c@d.example',
      '\r\n.\r\nMAIL FROM:<x@y.example>',
      '\nTo: z@y.example\n\nbody',
      '=?utf-8?Q?=0D=0ABcc:_c@d.example?=',
      'x'.repeat(2_000),
      '\u2028Bcc: x@y.example',
      '.\r\n..\r\n',
    ),
  );

  it('every hostile input yields one mail to one address with the intended headers', async () => {
    const server = await aMailServer();
    const mailer = anSmtpMailer(server.url);
    const names = new Set<string>();
    let sent = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ address: nasty, subject: nasty, text: nasty }), { minLength: 100, maxLength: 100 }),
        async (many) => {
          const before = server.mails.length;
          const mails = many.map(({ address, subject, text }) =>
            aMail({
              to: parseMailAddress(address) ?? aMail().to,
              subject,
              text: `x${text}`,
              html: `<p>${text.replace(/[<&]/g, '')}</p>`,
            }),
          );
          const outcomes = await Promise.all(mails.map((mail) => mailer.send(mail)));
          const taken = mails.filter((_, i) => outcomes[i]?.kind === 'sent');
          const received = server.mails.splice(before);
          expect(taken).toHaveLength(mails.length);
          expect(received.map((mail) => mail.to).sort()).toEqual(taken.map((mail) => [mail.to]).sort());
          for (const { raw } of received) for (const name of headerNames(raw)) names.add(name);
          sent += received.length;
        },
      ),
      { numRuns: propertyRuns(20) },
    );
    expect(sent).toBe(2_000);
    expect([...names].sort()).toEqual([
      'Content-Type',
      'Date',
      'From',
      'List-Unsubscribe',
      'MIME-Version',
      'Message-ID',
      'Subject',
      'To',
    ]);
  }, 180_000);

  it('a mail parser reads the intended subject and recipient', async () => {
    const server = await aMailServer();
    await anSmtpMailer(server.url).send(aMail({ subject: 'One\r\nBcc: c@d.example\r\n\r\nTwo' }));
    const mail = await simpleParser(server.mails[0]?.raw ?? '');
    expect(mail.subject?.replace(/\s+/g, ' ')).toBe('One Bcc: c@d.example Two');
    expect(mail.bcc).toBeUndefined();
    expect(mail.text).toContain('Some “text”');
  });
});

/** Returns the header names, after unfolding. */
function headerNames(raw: string): string[] {
  const head = raw.slice(0, raw.indexOf('\r\n\r\n'));
  return head.split(/\r\n(?![ \t])/).map((line) => line.slice(0, line.indexOf(':')));
}
