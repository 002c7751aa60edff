/** Reads a mail as it lies in a file: its headers and its parts (RFC 5322, 2045 to 2047), as far as bounces and the outbox need. */

export type MimePart = {
  /** By lower-case name, unfolded; the first of several counts. */
  readonly headers: ReadonlyMap<string, string>;
  /** `text/plain` */
  readonly type: string;
  /** Decoded. */
  readonly body: string;
  readonly parts: readonly MimePart[];
};

const depthMax = 8;
const partsMax = 50;

/** `raw` has one character for each byte (latin1). Never throws: what is no mail has no headers. */
export function parseMime(raw: string, depth = 0): MimePart {
  const { headers, rest } = splitHead(raw);
  const contentType = headers.get('content-type') ?? 'text/plain';
  const type = (contentType.split(';')[0] ?? '').trim().toLowerCase();
  const boundary = /boundary\s*=\s*(?:"([^"]+)"|([^\s;]+))/i.exec(contentType);
  const name = boundary?.[1] ?? boundary?.[2];
  if (type.startsWith('multipart/') && name !== undefined && depth < depthMax)
    return { headers, type, body: '', parts: splitParts(rest, name).map((part) => parseMime(part, depth + 1)) };
  return { headers, type, body: decodeBody(rest, headers.get('content-transfer-encoding') ?? '', contentType), parts: [] };
}

/** The mails of a file in the mbox form; a file of one mail is that mail. */
export function splitMailbox(raw: string): string[] {
  return raw.split(/^From .*\r?\n(?=[!-9;-~]+:)/m);
}

/** The part itself or the first below it that is of a type. */
export function findPart(part: MimePart, isWanted: (type: string) => boolean): MimePart | null {
  if (isWanted(part.type)) return part;
  for (const child of part.parts) {
    const found = findPart(child, isWanted);
    if (found) return found;
  }
  return null;
}

/** Headers in groups, as a delivery report has them; the first group is that of an ordinary mail. */
export function parseHeaders(text: string): Map<string, string> {
  const headers = new Map<string, string>();
  for (const line of text.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const [, name, value] = /^([!-9;-~]+):([\s\S]*)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined && !headers.has(name.toLowerCase()))
      headers.set(name.toLowerCase(), decodeWords(value.trim()));
  }
  return headers;
}

function splitHead(raw: string): { readonly headers: Map<string, string>; readonly rest: string } {
  const end = /\r?\n\r?\n/.exec(raw);
  const head = end ? raw.slice(0, end.index) : raw;
  return { headers: parseHeaders(head), rest: end ? raw.slice(end.index + end[0].length) : '' };
}

function splitParts(body: string, boundary: string): string[] {
  const lines = `\n${body}`.split(`\n--${boundary}`);
  return lines
    .slice(1, 1 + partsMax)
    .filter((part) => !part.startsWith('--'))
    .map((part) => part.replace(/^[ \t]*\r?\n/, '').replace(/\r$/, ''));
}

function decodeBody(body: string, encoding: string, contentType: string): string {
  const charset = /charset\s*=\s*"?([\w-]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  switch (encoding.trim().toLowerCase()) {
    case 'base64':
      return toText(Buffer.from(body, 'base64'), charset);
    case 'quoted-printable':
      return toText(decodeQuoted(body.replace(/=[ \t]*\r?\n/g, '')), charset);
    default:
      return toText(Buffer.from(body, 'latin1'), charset);
  }
}

function decodeQuoted(text: string): Buffer {
  return Buffer.from(
    text.replace(/=([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
}

/** `=?utf-8?Q?caf=C3=A9?=` */
function decodeWords(value: string): string {
  return value
    .replace(/(=\?[^?\s]+\?[bq]\?[^?]*\?=)\s+(?==\?)/gi, '$1')
    .replace(/=\?([\w-]+)\?([bq])\?([^?]*)\?=/gi, (_, charset: string, form: string, text: string) =>
      toText(form.toLowerCase() === 'b' ? Buffer.from(text, 'base64') : decodeQuoted(text.replaceAll('_', ' ')), charset),
    );
}

function toText(bytes: Buffer, charset: string): string {
  return /^(?:us-ascii|utf-?8)$/i.test(charset) ? bytes.toString('utf8') : bytes.toString('latin1');
}
