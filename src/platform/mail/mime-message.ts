/** Encodes mails as RFC 5322 messages: the body once per content, the header section once per recipient. */
import MailComposer from 'nodemailer/lib/mail-composer';
import type MimeNode from 'nodemailer/lib/mime-node';
import type { Mail, MailContent } from '#core/ports/mail.ts';

/** A content's MIME root node, and its encoded body, split at the placeholders for the recipient's token. */
type Encoded = {
  readonly root: MimeNode;
  readonly segments: readonly string[];
  readonly placeholders: readonly string[];
};

const softBreak = '=\r\n';

export function createComposer(from: string): (mail: Mail) => Promise<Buffer> {
  const encoded = new WeakMap<MailContent, Promise<Encoded>>();
  return async (mail) => {
    const known = encoded.get(mail.content) ?? encode(mail.content, from);
    encoded.set(mail.content, known);
    const { root, segments, placeholders } = await known;
    const body = segments.map((segment, i) => segment + fill(placeholders[i] ?? '', mail.token));
    return Buffer.from(`${composeHead(root, mail)}\r\n\r\n${body.join('')}`, 'latin1');
  };
}

/** Forbids nodemailer to read files or fetch addresses. */
async function encode(content: MailContent, from: string): Promise<Encoded> {
  const { subject, html, text, tokenHole } = content;
  const root = new MailComposer({
    from,
    subject,
    html: normalizeLineBreaks(html),
    text: normalizeLineBreaks(text),
    textEncoding: 'quoted-printable',
    newline: 'windows',
    disableFileAccess: true,
    disableUrlAccess: true,
  }).compile();
  const message = (await root.build()).toString('latin1');
  const body = message.slice(message.indexOf('\r\n\r\n') + 4);
  // Quoted-printable may break a line within the placeholder.
  const pattern = new RegExp([...tokenHole].join(`(?:${softBreak})?`), 'g');
  const placeholders = body.match(pattern) ?? [];
  if (placeholders.length !== `${html}${text}`.split(tokenHole).length - 1)
    throw new Error('The mail was encoded so that it cannot be addressed.');
  return { root, segments: body.split(pattern), placeholders };
}

/** SMTP forbids a lone CR. The library writes every LF as CRLF. */
const normalizeLineBreaks = (text: string): string => text.replace(/\r\n?/g, '\n');

/** The token is as long as the placeholder, so the line breaks stay in place. */
function fill(placeholder: string, token: string): string {
  const lineEnd = placeholder.indexOf(softBreak);
  return placeholder === ''
    ? ''
    : lineEnd < 0
      ? token
      : `${token.slice(0, lineEnd)}${softBreak}${token.slice(lineEnd)}`;
}

/** Sets the headers that differ per recipient. The library folds and encodes them. */
function composeHead(root: MimeNode, { to, messageId, headers }: Mail): string {
  root.setHeader({
    To: { name: '', address: to },
    Date: new Date().toUTCString().replace('GMT', '+0000'),
    'Message-ID': `<${messageId}>`,
    ...headers,
  });
  return root.buildHeaders();
}
