/** Parses a MIME message (RFC 2045) into the headers, texts and attachments that bounces and the outbox need. */
import PostalMime, { decodeWords, type Email } from 'postal-mime';

export type MimeMail = {
  /** By lower-case name, unfolded and decoded. Of repeated headers only the first. */
  readonly headers: ReadonlyMap<string, string>;
  readonly text: string;
  readonly html: string;
  /** Parts that are neither text nor HTML, such as those of a delivery status report. */
  readonly attachments: readonly { readonly type: string; readonly body: string }[];
};

const charsMax = 10_000_000;
/** Lines that start with `--`, and so may be boundaries. */
const dashedLinesMax = 1_000;
/** `forceRfc822Attachments`: a bounce attaches the original mail, which stays one part. */
const options = {
  maxNestingDepth: 8,
  maxHeadersSize: 256 * 1024,
  forceRfc822Attachments: true,
  attachmentEncoding: 'utf8',
} as const;

const emptyMail: MimeMail = { headers: new Map(), text: '', html: '', attachments: [] };

/** `raw` is latin1: one character per byte. Never rejects: input that is no mail yields no headers. */
export async function parseMime(raw: string): Promise<MimeMail> {
  const text = cutToLimits(raw.trimStart());
  // If the parts are nested too deeply, read the headers alone.
  return (await tryParse(text)) ?? (await tryParse(headOf(text))) ?? emptyMail;
}

/** Splits an mbox file (RFC 4155) into mails. A file with a single mail yields that mail. */
export function splitMailbox(raw: string): string[] {
  return raw.split(/^From .*\r?\n(?=[!-9;-~]+:)/m);
}

/** Returns the header section: everything before the first empty line. */
export const headOf = (text: string): string => text.split(/\r?\n\r?\n/, 1)[0] ?? '';

/** Limits size and number of parts: the parser has no limit of its own. */
function cutToLimits(raw: string): string {
  let end = 0;
  for (let lines = 0; lines <= dashedLinesMax; lines++) {
    end = raw.indexOf('\n--', end + 1);
    if (end === -1) return raw.slice(0, charsMax);
  }
  return raw.slice(0, Math.min(end, charsMax));
}

async function tryParse(raw: string): Promise<MimeMail | null> {
  try {
    return toMimeMail(await PostalMime.parse(Buffer.from(raw, 'latin1'), options));
  } catch {
    return null; // The mail exceeds a limit of the parser.
  }
}

function toMimeMail({ headerLines, text = '', html = '', attachments }: Email): MimeMail {
  const headers = new Map<string, string>();
  for (const { line } of headerLines) {
    const [, name, value] = /^([!-9;-~]+):([\s\S]*)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined && !headers.has(name.toLowerCase()))
      headers.set(name.toLowerCase(), decodeWords(value.replace(/\n[ \t]+/g, ' ').trim()));
  }
  // The parser keeps the last line break, which belongs to the boundary (RFC 2046 § 5.1.1).
  const withoutLastBreak = (body: string) => body.replace(/\n$/, '');
  return {
    headers,
    text: withoutLastBreak(text),
    html: withoutLastBreak(html),
    attachments: attachments.map(({ mimeType, content }) => ({ type: mimeType, body: String(content) })),
  };
}
