/** Parses untrusted XML to plain objects. Rejects document types and entities, and limits depth and size. */
import { decodeEntities } from '#core/text/html-entities.ts';
import { MalformedResponse, scanXml, type XmlPiece } from './xml-scanner.ts';

/** Limits far above a response of a thousand papers. A page of arXiv’s harvest has 100,000 tags and texts. */
const depthMax = 64;
const piecesMax = 300_000;
const referencesMax = 100_000;

/** A leaf is its text. Other elements are objects with their text under `#text` and attributes under `@name`. */
export type XmlNode = string | { readonly [name: string]: XmlNode | readonly XmlNode[] | undefined };

type Open = { readonly name: string; readonly texts: string[]; children: Record<string, XmlNode | XmlNode[]> | null };

/** Removes name prefixes (`arxiv:comment` → `comment`). Throws a `MalformedResponse` for invalid or unsafe XML. */
export function parseXml(body: Uint8Array): XmlNode {
  const text = new TextDecoder()
    .decode(body)
    .replace(/^\ufeff/, '')
    .trimStart();
  if (!text.startsWith('<')) throw new MalformedResponse(`XML was expected, and “${text.slice(0, 60)}” came.`);
  if (hasMore(text, '&', referencesMax))
    throw new MalformedResponse(
      `The XML has more than ${referencesMax.toLocaleString('en')} references; it was not read.`,
    );
  const open: Open[] = [{ name: '', texts: [], children: null }];
  let pieces = 0;
  for (const piece of scanXml(text)) {
    pieces += 1;
    if (pieces > piecesMax)
      throw new MalformedResponse(
        `The XML has more than ${piecesMax.toLocaleString('en')} tags and texts; it was not read.`,
      );
    addPiece(open, piece);
  }
  const [document] = open;
  if (open.length > 1 || !document?.children) throw new MalformedResponse('The XML is cut short or malformed.');
  return document.children;
}

function addPiece(open: Open[], piece: XmlPiece): void {
  if (piece.kind === 'text') open.at(-1)?.texts.push(piece.text);
  else if (piece.kind === 'close') close(open, piece.name);
  else {
    if (open.length > depthMax)
      throw new MalformedResponse(`The XML is nested more than ${depthMax} deep; it was not read.`);
    const element: Open = { name: piece.name, texts: [], children: null };
    for (const [name, value] of piece.attributes) childrenFor(element)[`@${name}`] = value;
    open.push(element);
    if (piece.isEmpty) close(open, piece.name);
  }
}

function close(open: Open[], name: string): void {
  const element = open.pop();
  const parent = open.at(-1);
  if (!element || !parent || element.name !== name) throw new MalformedResponse('The XML is cut short or malformed.');
  const text = element.texts.join('').trim();
  if (element.children && text !== '') element.children['#text'] = text;
  const siblings = childrenFor(parent);
  const node: XmlNode = element.children ?? text;
  const before = siblings[name];
  if (before === undefined) siblings[name] = node;
  else if (Array.isArray(before)) before.push(node);
  else siblings[name] = [before, node];
}

/** The object has no prototype, so an element may have any name. */
function childrenFor(element: Open): Record<string, XmlNode | XmlNode[]> {
  element.children ??= Object.create(null) as Record<string, XmlNode | XmlNode[]>;
  return element.children;
}

function hasMore(text: string, sign: string, max: number): boolean {
  let count = 0;
  for (let at = text.indexOf(sign); at >= 0 && count <= max; at = text.indexOf(sign, at + 1)) count += 1;
  return count > max;
}

/** Returns all children with a name. */
export function childrenOf(node: XmlNode | undefined, name: string): readonly XmlNode[] {
  const found = typeof node === 'object' ? node[name] : undefined;
  if (found === undefined) return [];
  return Array.isArray(found) ? (found as readonly XmlNode[]) : [found as XmlNode];
}

/** Returns the first element at a path of names. */
export function childOf(node: XmlNode | undefined, ...path: readonly string[]): XmlNode | undefined {
  return path.reduce<XmlNode | undefined>((parent, name) => childrenOf(parent, name)[0], node);
}

/** Returns the text at a path, with references decoded once; empty if there is none. */
export function textOf(node: XmlNode | undefined, ...path: readonly string[]): string {
  const found = path.length === 0 ? node : childOf(node, ...path);
  const text = typeof found === 'object' ? found['#text'] : found;
  return typeof text === 'string' ? decodeEntities(text).trim() : '';
}
