/** XML from outside as plain objects: no document type, no entities of its own, bounded depth, every value text. */
import { XMLParser } from 'fast-xml-parser';
import { decodeEntities } from '#core/html-entities';

const depthMax = 64;

/** An answer that is not what it should be; asking again may give a better one. */
export class BadAnswer extends Error {
  override readonly name = 'BadAnswer';
}

/** A leaf is its text; an element with attributes or children is an object, its own text under `#text`, attributes under `@name`. */
export type XmlNode = string | { readonly [name: string]: XmlNode | readonly XmlNode[] | undefined };

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  // References are decoded where a text is read; nothing is ever expanded here.
  processEntities: false,
});

/** Names lose their prefix (`arxiv:comment` is `comment`). Throws a `BadAnswer` for what is not XML or not harmless. */
export function parseXml(body: Uint8Array): XmlNode {
  const text = new TextDecoder()
    .decode(body)
    .replace(/^\ufeff/, '')
    .trimStart();
  if (!text.startsWith('<')) throw new BadAnswer(`XML was expected, and “${text.slice(0, 60)}” came.`);
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) throw new BadAnswer('The XML declares a document type, which no feed needs; it was not read.');
  if (!isShallow(text)) throw new BadAnswer(`The XML is nested more than ${depthMax} deep; it was not read.`);
  try {
    return parser.parse(text, true) as XmlNode;
  } catch (error) {
    throw new BadAnswer('The XML is cut short or malformed.', { cause: error });
  }
}

/** Counts tags in one pass before anything is built. */
function isShallow(text: string): boolean {
  let depth = 0;
  for (const [tag] of text.matchAll(/<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\/?[A-Za-z_][^<>]*>/g)) {
    if (tag.startsWith('<!') || tag.endsWith('/>')) continue;
    depth += tag.startsWith('</') ? -1 : 1;
    if (depth > depthMax) return false;
  }
  return true;
}

/** The children of a name, none, one or many. */
export function childrenOf(node: XmlNode | undefined, name: string): readonly XmlNode[] {
  const found = typeof node === 'object' ? node[name] : undefined;
  if (found === undefined) return [];
  return Array.isArray(found) ? (found as readonly XmlNode[]) : [found as XmlNode];
}

/** The first child of a path of names. */
export function childOf(node: XmlNode | undefined, ...path: readonly string[]): XmlNode | undefined {
  return path.reduce<XmlNode | undefined>((parent, name) => childrenOf(parent, name)[0], node);
}

/** The text at a path, references decoded once; empty when there is none. */
export function textOf(node: XmlNode | undefined, ...path: readonly string[]): string {
  const found = path.length === 0 ? node : childOf(node, ...path);
  const text = typeof found === 'object' ? found['#text'] : found;
  return typeof text === 'string' ? decodeEntities(text).trim() : '';
}
