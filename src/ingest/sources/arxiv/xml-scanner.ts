/** Splits XML into tags and texts in one pass. Runs in linear time for any input. */

/** The body of a response is malformed. A retry may succeed. */
export class MalformedResponse extends Error {
  override readonly name = 'MalformedResponse';
}

export type XmlPiece =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'open';
      readonly name: string;
      readonly attributes: readonly Attribute[];
      readonly isEmpty: boolean;
    }
  | { readonly kind: 'close'; readonly name: string };
type Attribute = readonly [name: string, value: string];

const malformedMessage = 'The XML is cut short or malformed.';

/** Yields tags and texts. Skips comments and processing instructions. Throws `MalformedResponse` for invalid XML. */
export function* scanXml(text: string): Generator<XmlPiece> {
  for (let at = 0; at < text.length; ) {
    const open = text.indexOf('<', at);
    if (open !== at) yield { kind: 'text', text: text.slice(at, open < 0 ? text.length : open) };
    if (open < 0) return;
    if (text.startsWith('<![CDATA[', open)) {
      at = endOf(text, ']]>', open + 9);
      yield { kind: 'text', text: escapeReferences(text.slice(open + 9, at - 3)) };
    } else if (text.startsWith('<!--', open)) at = endOf(text, '-->', open + 4);
    else if (text.startsWith('<?', open)) at = endOf(text, '?>', open + 2);
    else if (text[open + 1] === '!')
      throw new MalformedResponse('The XML declares a document type, which no feed needs; it was not read.');
    else if (text[open + 1] === '/') {
      at = endOf(text, '>', open + 2);
      yield { kind: 'close', name: localName(text.slice(open + 2, at - 1).trimEnd()) };
    } else {
      const tag = readTag(text, open + 1);
      at = tag.end;
      yield tag.piece;
    }
  }
}

/** Returns the index after `closer`. Throws if it is missing, so an unclosed construct is searched only once. */
function endOf(text: string, closer: string, from: number): number {
  const found = text.indexOf(closer, from);
  if (found < 0) throw new MalformedResponse(malformedMessage);
  return found + closer.length;
}

const nameEnd = /[\s/>=<"']/g;
const space = /\s*/y;

function readTag(text: string, from: number): { readonly piece: XmlPiece; readonly end: number } {
  const name = readName(text, from);
  const attributes: Attribute[] = [];
  let at = skipSpace(text, from + name.length);
  while (text[at] !== '>' && text[at] !== '/') {
    const key = readName(text, at);
    at = skipSpace(text, at + key.length);
    if (text[at] !== '=') throw new MalformedResponse(malformedMessage);
    at = skipSpace(text, at + 1);
    const quote = text[at];
    if (quote !== '"' && quote !== "'") throw new MalformedResponse(malformedMessage);
    const end = endOf(text, quote, at + 1);
    attributes.push([localName(key), text.slice(at + 1, end - 1)]);
    if (attributes.length > attributesMax)
      throw new MalformedResponse(`A tag of the XML has more than ${attributesMax} attributes; it was not read.`);
    at = skipSpace(text, end);
  }
  const isEmpty = text[at] === '/';
  if (isEmpty && text[at + 1] !== '>') throw new MalformedResponse(malformedMessage);
  return { piece: { kind: 'open', name: localName(name), attributes, isEmpty }, end: at + (isEmpty ? 2 : 1) };
}

const attributesMax = 100;
const nameCharsMax = 200;

/** Limits the length of a name, so that an unterminated one is not searched to the end of the text. */
function readName(text: string, from: number): string {
  const name = text.slice(from, from + nameCharsMax);
  nameEnd.lastIndex = 0;
  const end = nameEnd.exec(name)?.index ?? 0;
  if (end === 0) throw new MalformedResponse(malformedMessage);
  return name.slice(0, end);
}

function skipSpace(text: string, from: number): number {
  space.lastIndex = from;
  space.exec(text);
  return space.lastIndex;
}

/** `arxiv:comment` → `comment`. */
const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/** References in CDATA are literal text. `textOf` decodes references later, so escape them here. */
const escapeReferences = (text: string): string => (text.includes('&') ? text.replaceAll('&', '&amp;') : text);
