/** Mails as the bytes that go over the wire (RFC 5322): the body is encoded once for all who get it, the head for each. */
import MailComposer from 'nodemailer/lib/mail-composer';
import type MimeNode from 'nodemailer/lib/mime-node';
import type { Mail, MailContent } from '#core/ports/mail.ts';

/** The mail without its readers: the root of its parts, and its encoded body, cut where a reader's token comes. */
type Encoded = { readonly root: MimeNode; readonly pieces: readonly string[]; readonly holes: readonly string[] };

const softBreak = '=\r\n';

export function createComposer(from: string): (mail: Mail) => Promise<Buffer> {
  const encoded = new WeakMap<MailContent, Promise<Encoded>>();
  return async (mail) => {
    const known = encoded.get(mail.content) ?? encode(mail.content, from);
    encoded.set(mail.content, known);
    const { root, pieces, holes } = await known;
    const body = pieces.map((piece, i) => piece + fill(holes[i] ?? '', mail.token));
    return Buffer.from(`${composeHead(root, mail)}\r\n\r\n${body.join('')}`, 'latin1');
  };
}

/** Nothing in a mail is a path or an address to fetch. */
async function encode(content: MailContent, from: string): Promise<Encoded> {
  const { subject, html, text, tokenHole } = content;
  const root = new MailComposer({
    from,
    subject,
    html: withPlainLineEnds(html),
    text: withPlainLineEnds(text),
    textEncoding: 'quoted-printable',
    newline: 'windows',
    disableFileAccess: true,
    disableUrlAccess: true,
  }).compile();
  const message = (await root.build()).toString('latin1');
  const body = message.slice(message.indexOf('\r\n\r\n') + 4);
  // A line of the encoded text may end within the hole.
  const hole = new RegExp([...tokenHole].join(`(?:${softBreak})?`), 'g');
  const holes = body.match(hole) ?? [];
  if (holes.length !== `${html}${text}`.split(tokenHole).length - 1)
    throw new Error('The mail was encoded so that it cannot be addressed.');
  return { root, pieces: body.split(hole), holes };
}

/** A carriage return alone is none that SMTP knows; the library writes all line ends as pairs. */
const withPlainLineEnds = (text: string): string => text.replace(/\r\n?/g, '\n');

/** The token has as many characters as its place, so that lines end where they did. */
function fill(hole: string, token: string): string {
  const lineEnd = hole.indexOf(softBreak);
  return hole === '' ? '' : lineEnd < 0 ? token : `${token.slice(0, lineEnd)}${softBreak}${token.slice(lineEnd)}`;
}

/** Every header that differs from reader to reader is set anew; the library folds and encodes them. */
function composeHead(root: MimeNode, { to, messageId, headers }: Mail): string {
  root.setHeader({
    To: { name: '', address: to },
    Date: new Date().toUTCString().replace('GMT', '+0000'),
    'Message-ID': `<${messageId}>`,
    ...headers,
  });
  return root.buildHeaders();
}
