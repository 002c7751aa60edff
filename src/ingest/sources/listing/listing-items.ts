/** Groups the lines of a pasted page into items: blocks of text, a paper's metadata, boilerplate, a listing's day. */
import {
  isBoilerplate,
  isMalformedMetadata,
  looksLikeDate,
  type MetadataPieces,
  type PageDate,
  readMetadata,
  toLines,
  toNumber,
} from './listing-lines.ts';
import { isTitleLike, titleCharsMax } from './listing-segments.ts';

export type Block = { readonly line: number; readonly lines: string[] };
export type Metadata = { -readonly [key in keyof MetadataPieces]: MetadataPieces[key] } & {
  readonly line: number;
  readonly text: string;
  /** An empty line precedes it. */
  readonly followsEmptyLine: boolean;
  /** A metadata line that could not be parsed. */
  error: { readonly line: number; readonly text: string } | null;
};
export type Item =
  | { readonly kind: 'text'; readonly block: Block }
  | { readonly kind: 'metadata'; readonly metadata: Metadata }
  | { readonly kind: 'boilerplate'; readonly line: number; text: string }
  | { readonly kind: 'header'; readonly date: PageDate };

/** Returns the items in order. `endsInLine`: the text has no final line break, so its last line may be truncated. */
export function readItems(text: string): { readonly items: readonly Item[]; readonly endsInLine: boolean } {
  const lines = toLines(text);
  const endsInLine = lines.at(-1) !== '';
  const items: Item[] = [];
  let followsEmptyLine = true;
  for (const [index, line] of lines.entries()) {
    if (line !== '')
      addLine(items, {
        line,
        number: index + 1,
        followsEmptyLine,
        isTruncated: endsInLine && index === lines.length - 1,
      });
    followsEmptyLine = line === '';
  }
  return { items: classifyLoneItems(joinWrappedDates(items)), endsInLine };
}

type PageLine = {
  readonly line: string;
  readonly number: number;
  readonly followsEmptyLine: boolean;
  readonly isTruncated: boolean;
};

function addLine(items: Item[], page: PageLine): void {
  const { line, number, followsEmptyLine } = page;
  const last = items.at(-1);
  const pieces = readMetadata(line, number);
  if (pieces && last?.kind === 'metadata' && continues(last.metadata, pieces, followsEmptyLine))
    addPieces(last.metadata, pieces);
  else if (pieces)
    items.push({ kind: 'metadata', metadata: { ...pieces, line: number, text: line, followsEmptyLine, error: null } });
  else if (last?.kind === 'metadata' && !followsEmptyLine && addToMetadata(last.metadata, page)) return;
  else if (isMalformedMetadata(line) || (page.isTruncated && /^[•‣●▪]\s*[\d,]*(?: a[a-z]*)?$/.test(line)))
    items.push(toMalformedMetadata(page));
  else if (isBoilerplate(line) && (followsEmptyLine || last?.kind !== 'text'))
    items.push({ kind: 'boilerplate', line: number, text: line });
  // The next line is the submitter's name.
  else if (last?.kind === 'boilerplate' && !followsEmptyLine && /^submitted by$/i.test(last.text))
    last.text += ` ${line}`;
  else if (last?.kind === 'text' && !followsEmptyLine && last.block.lines.at(-1) === line) return;
  else if (last?.kind === 'text' && !followsEmptyLine && isWrapped(last.block, line)) last.block.lines.push(line);
  else items.push({ kind: 'text', block: { line: number, lines: [line] } });
}

/** Consecutive lines are one wrapped text. A line longer than any wrapping width is a paragraph of its own. */
const isWrapped = (block: Block, line: string): boolean =>
  Math.max(line.length, block.lines[0]?.length ?? 0) <= titleCharsMax;

/**
 * Returns whether the pieces continue the metadata: count, separator, date, with any number of empty lines between.
 * Copies may repeat a line, so an equal count or date continues it too.
 */
function continues(metadata: Metadata, pieces: MetadataPieces, followsEmptyLine: boolean): boolean {
  if (metadata.error) return false;
  if (metadata.date)
    return (
      pieces.authors === null &&
      (pieces.date === null || (!followsEmptyLine && pieces.date.text === metadata.date.text))
    );
  return pieces.authors === null || metadata.authors === null || pieces.authors === metadata.authors;
}

function addPieces(metadata: Metadata, pieces: MetadataPieces): void {
  metadata.isMarked ||= pieces.isMarked;
  metadata.hasSeparator ||= pieces.hasSeparator;
  metadata.authors ??= pieces.authors;
  metadata.date ??= pieces.date;
  metadata.comments ??= pieces.comments;
}

/** Adds a line directly below the metadata: a comment count, or a malformed date. Returns false for other lines. */
function addToMetadata(metadata: Metadata, { line, number, isTruncated }: PageLine): boolean {
  const comments =
    metadata.date && metadata.comments === null ? /^(\d[\d,]*)(?: comments?)?$/i.exec(line)?.[1] : undefined;
  if (comments !== undefined) metadata.comments = toNumber(comments);
  else if (metadata.hasSeparator && !metadata.date && !metadata.error && (isTruncated || looksLikeDate(line)))
    metadata.error = { line: number, text: line };
  else return false;
  return true;
}

function toMalformedMetadata({ line, number, followsEmptyLine }: PageLine): Item {
  const none = { isMarked: true, hasSeparator: false, authors: null, date: null, comments: null };
  return {
    kind: 'metadata',
    metadata: { ...none, line: number, text: line, followsEmptyLine, error: { line: number, text: line } },
  };
}

/** Appends a date line to the text before it if the paper's metadata follows: `… on 4 May.` was wrapped there. */
function joinWrappedDates(items: readonly Item[]): Item[] {
  const joined: Item[] = [];
  for (const [index, item] of items.entries()) {
    const previous = joined.at(-1);
    const next = items[index + 1];
    const isBeforeMetadata = next?.kind === 'metadata' && next.metadata.date !== null && !isLone(next);
    if (
      item.kind === 'metadata' &&
      isDayLine(item.metadata) &&
      !item.metadata.followsEmptyLine &&
      previous?.kind === 'text' &&
      isBeforeMetadata
    )
      previous.block.lines.push(item.metadata.text);
    else joined.push(item);
  }
  return joined;
}

/** Decides for lone dates, counts and boilerplate words whether they are a listing's day or a title. */
function classifyLoneItems(items: readonly Item[]): Item[] {
  const classified: Item[] = [];
  let isInListing = false;
  let hasProse = false;
  for (const [index, item] of items.entries()) {
    const previous = classified.at(-1);
    const isTitle =
      isLone(item) && isBeforeOneText(items, index) && previous !== undefined && previous.kind !== 'boilerplate';
    if (isTitle) classified.push(toText(item));
    else if (
      item.kind === 'metadata' &&
      isDayLine(item.metadata) &&
      isHeader(classified, items[index + 1], { metadata: item.metadata, isInListing, hasProse })
    ) {
      classified.push({ kind: 'header', date: item.metadata.date });
    } else classified.push(item);
    const last = classified.at(-1);
    hasProse ||= last?.kind === 'text' && !isTitleLike(last.block);
    isInListing ||= last?.kind === 'header' || (item.kind === 'metadata' && !isLone(item));
  }
  return classified;
}

const isLone = (item: Item | undefined): boolean =>
  item?.kind === 'boilerplate' ||
  (item?.kind === 'metadata' &&
    !item.metadata.isMarked &&
    !item.metadata.hasSeparator &&
    (item.metadata.authors === null || item.metadata.date === null));

const isDayLine = (metadata: Metadata): metadata is Metadata & { date: PageDate } =>
  metadata.date !== null &&
  metadata.authors === null &&
  metadata.comments === null &&
  !metadata.isMarked &&
  !metadata.hasSeparator;

/** Returns whether one text and then metadata follow. That text is an abstract, so this item is its title. */
function isBeforeOneText(items: readonly Item[], index: number): boolean {
  const after = items[index + 2];
  return items[index + 1]?.kind === 'text' && after?.kind === 'metadata' && !isLone(after);
}

/** Context of a date: `isInListing`: papers precede it; `hasProse`: texts other than titles precede it. */
type HeaderPlace = { readonly metadata: Metadata; readonly isInListing: boolean; readonly hasProse: boolean };

function isHeader(classified: readonly Item[], next: Item | undefined, at: HeaderPlace): boolean {
  const previous = classified.at(-1);
  if (previous === undefined || previous.kind === 'boilerplate') return true;
  const isBeforeTitle = next?.kind === 'text' && isTitleLike(next.block);
  if (!at.isInListing) return isBeforeTitle && !at.hasProse;
  return previous.kind === 'metadata' && at.metadata.followsEmptyLine && isBeforeTitle;
}

function toText(item: Item): Item {
  if (item.kind === 'metadata')
    return { kind: 'text', block: { line: item.metadata.line, lines: [item.metadata.text] } };
  return item.kind === 'boilerplate' ? { kind: 'text', block: { line: item.line, lines: [item.text] } } : item;
}
