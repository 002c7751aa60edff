/** Reads a mail as it lies in a file: its headers, its text and the parts beside the text, as far as bounces and the outbox need. */
import PostalMime, { decodeWords, type Email } from 'postal-mime';

export type MimeMail = {
  /** By lower-case name, unfolded and decoded; the first of several counts. */
  readonly headers: ReadonlyMap<string, string>;
  readonly text: string;
  readonly html: string;
  /** What is neither text nor HTML, such as the parts of a delivery report. */
  readonly attachments: readonly { readonly type: string; readonly body: string }[];
};

const charsMax = 10_000_000;
/** Lines that may begin a part. */
const dashedLinesMax = 1_000;
/** A mail within a mail is a part like others: a report has the mail that it is about. */
const options = {
  maxNestingDepth: 8,
  maxHeadersSize: 256 * 1024,
  forceRfc822Attachments: true,
  attachmentEncoding: 'utf8',
} as const;

const noMail: MimeMail = { headers: new Map(), text: '', html: '', attachments: [] };

/** `raw` has one character for each byte (latin1). Never rejects: what is no mail has no headers. */
export async function parseMime(raw: string): Promise<MimeMail> {
  const text = withinLimits(raw.trimStart());
  // Of a mail that is nested too deeply the headers are read alone.
  return (await tryParse(text)) ?? (await tryParse(headOf(text))) ?? noMail;
}

/** The mails of a file in the mbox form; a file of one mail is that mail. */
export function splitMailbox(raw: string): string[] {
  return raw.split(/^From .*\r?\n(?=[!-9;-~]+:)/m);
}

/** The lines before the first empty one. */
export const headOf = (text: string): string => text.split(/\r?\n\r?\n/, 1)[0] ?? '';

/** As much of a mail as is read: the parser itself takes any number of parts. */
function withinLimits(raw: string): string {
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
    return null; // it is past a limit
  }
}

function toMimeMail({ headerLines, text = '', html = '', attachments }: Email): MimeMail {
  const headers = new Map<string, string>();
  for (const { line } of headerLines) {
    const [, name, value] = /^([!-9;-~]+):([\s\S]*)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined && !headers.has(name.toLowerCase()))
      headers.set(name.toLowerCase(), decodeWords(value.replace(/\n[ \t]+/g, ' ').trim()));
  }
  // The parser ends each line, the last one too, whose line break belongs to the boundary behind it (RFC 2046 §5.1.1).
  const withoutLast = (body: string) => body.replace(/\n$/, '');
  return {
    headers,
    text: withoutLast(text),
    html: withoutLast(html),
    attachments: attachments.map(({ mimeType, content }) => ({ type: mimeType, body: String(content) })),
  };
}
