/** What the lines of a pasted page are together: blocks of text, the facts of a paper, furniture, a listing's day. */
import {
  type FactPieces,
  isBoilerplate,
  isBrokenCount,
  isBrokenDate,
  type PageDate,
  readFacts,
  toLines,
  toNumber,
} from './listing-lines.ts';
import { isTitleLike, proseCharsMin } from './listing-segments.ts';

export type Block = { readonly line: number; readonly lines: string[] };
export type Facts = { -readonly [key in keyof FactPieces]: FactPieces[key] } & {
  readonly line: number;
  readonly text: string;
  /** An empty line stands before it. */
  readonly isApart: boolean;
  /** A line among the facts that could not be read. */
  problem: { readonly line: number; readonly text: string } | null;
};
export type Item =
  | { readonly kind: 'text'; readonly block: Block }
  | { readonly kind: 'facts'; readonly facts: Facts }
  | { readonly kind: 'furniture'; readonly line: number; text: string }
  | { readonly kind: 'header'; readonly date: PageDate };

/** The page's items in order, and whether its text ends without a line break: then its last line may be cut off. */
export function readItems(text: string): { readonly items: readonly Item[]; readonly endsInLine: boolean } {
  const lines = toLines(text);
  const endsInLine = lines.at(-1) !== '';
  const items: Item[] = [];
  let isApart = true;
  for (const [index, line] of lines.entries()) {
    if (line !== '')
      addLine(items, { line, number: index + 1, isApart, isCut: endsInLine && index === lines.length - 1 });
    isApart = line === '';
  }
  return { items: settleItems(joinWrappedDates(items)), endsInLine };
}

type PageLine = { readonly line: string; readonly number: number; readonly isApart: boolean; readonly isCut: boolean };

function addLine(items: Item[], page: PageLine): void {
  const { line, number, isApart } = page;
  const last = items.at(-1);
  const pieces = readFacts(line, number);
  if (pieces && last?.kind === 'facts' && continues(last.facts, pieces, isApart)) addPieces(last.facts, pieces);
  else if (pieces)
    items.push({ kind: 'facts', facts: { ...pieces, line: number, text: line, isApart, problem: null } });
  else if (last?.kind === 'facts' && !isApart && addToFacts(last.facts, page)) return;
  else if (isBrokenCount(line) || (page.isCut && /^[•‣●▪]\s*[\d,]*(?: a[a-z]*)?$/.test(line)))
    items.push(brokenFacts(page));
  else if (isBoilerplate(line) && (isApart || last?.kind !== 'text'))
    items.push({ kind: 'furniture', line: number, text: line });
  // Who submitted a paper stands below these words.
  else if (last?.kind === 'furniture' && !isApart && /^submitted by$/i.test(last.text)) last.text += ` ${line}`;
  else if (last?.kind === 'text' && !isApart && last.block.lines.at(-1) === line) return;
  else if (last?.kind === 'text' && !isApart && isWrapped(last.block, line)) last.block.lines.push(line);
  else items.push({ kind: 'text', block: { line: number, lines: [line] } });
}

/** Lines that follow each other are one wrapped text, unless one is so long that nothing can have wrapped it: it is then alone. */
const isWrapped = (block: Block, line: string): boolean =>
  Math.max(line.length, block.lines[0]?.length ?? 0) <= proseCharsMin;

/** Count, separator and date follow each other, however many empty lines are between; a repeated line says nothing new. */
function continues(facts: Facts, pieces: FactPieces, isApart: boolean): boolean {
  if (facts.problem) return false;
  if (facts.date)
    return pieces.authors === null && (pieces.date === null || (!isApart && pieces.date.text === facts.date.text));
  return pieces.authors === null || facts.authors === null || pieces.authors === facts.authors;
}

function addPieces(facts: Facts, pieces: FactPieces): void {
  facts.isMarked ||= pieces.isMarked;
  facts.hasSeparator ||= pieces.hasSeparator;
  facts.authors ??= pieces.authors;
  facts.date ??= pieces.date;
  facts.comments ??= pieces.comments;
}

/** A line that directly follows facts and belongs to them: the number of comments, or a date that is none. */
function addToFacts(facts: Facts, { line, number, isCut }: PageLine): boolean {
  const comments = facts.date && facts.comments === null ? /^(\d[\d,]*)(?: comments?)?$/i.exec(line)?.[1] : undefined;
  if (comments !== undefined) facts.comments = toNumber(comments);
  else if (facts.hasSeparator && !facts.date && !facts.problem && (isCut || isBrokenDate(line)))
    facts.problem = { line: number, text: line };
  else return false;
  return true;
}

function brokenFacts({ line, number, isApart }: PageLine): Item {
  const none = { isMarked: true, hasSeparator: false, authors: null, date: null, comments: null };
  return {
    kind: 'facts',
    facts: { ...none, line: number, text: line, isApart, problem: { line: number, text: line } },
  };
}

/** `… on 4 May.`, wrapped so that the date has a line of its own, ends its text: the facts of the paper are still to come. */
function joinWrappedDates(items: readonly Item[]): Item[] {
  const joined: Item[] = [];
  for (const [index, item] of items.entries()) {
    const previous = joined.at(-1);
    const next = items[index + 1];
    const isBeforeFacts = next?.kind === 'facts' && next.facts.date !== null && !isAlone(next);
    if (
      item.kind === 'facts' &&
      isDayLine(item.facts) &&
      !item.facts.isApart &&
      previous?.kind === 'text' &&
      isBeforeFacts
    )
      previous.block.lines.push(item.facts.text);
    else joined.push(item);
  }
  return joined;
}

/** A date or a count that stands alone may be a listing's day or a title; so may a word of the page's furniture. */
function settleItems(items: readonly Item[]): Item[] {
  const settled: Item[] = [];
  let isInListing = false;
  let hasProse = false;
  for (const [index, item] of items.entries()) {
    const previous = settled.at(-1);
    const isTitle =
      isAlone(item) && isBeforeOneText(items, index) && previous !== undefined && previous.kind !== 'furniture';
    if (isTitle) settled.push(toText(item));
    else if (
      item.kind === 'facts' &&
      isDayLine(item.facts) &&
      isHeader(settled, items[index + 1], { facts: item.facts, isInListing, hasProse })
    ) {
      settled.push({ kind: 'header', date: item.facts.date });
    } else settled.push(item);
    const last = settled.at(-1);
    hasProse ||= last?.kind === 'text' && !isTitleLike(last.block);
    isInListing ||= last?.kind === 'header' || (item.kind === 'facts' && !isAlone(item));
  }
  return settled;
}

const isAlone = (item: Item | undefined): boolean =>
  item?.kind === 'furniture' ||
  (item?.kind === 'facts' &&
    !item.facts.isMarked &&
    !item.facts.hasSeparator &&
    (item.facts.authors === null || item.facts.date === null));

const isDayLine = (facts: Facts): facts is Facts & { date: PageDate } =>
  facts.date !== null && facts.authors === null && facts.comments === null && !facts.isMarked && !facts.hasSeparator;

/** One text and then facts: the text is an abstract, so what stands before it is its title. */
function isBeforeOneText(items: readonly Item[], index: number): boolean {
  const after = items[index + 2];
  return items[index + 1]?.kind === 'text' && after?.kind === 'facts' && !isAlone(after);
}

/** Where a day stands: after papers, after texts that are no titles. */
type HeaderPlace = { readonly facts: Facts; readonly isInListing: boolean; readonly hasProse: boolean };

function isHeader(settled: readonly Item[], next: Item | undefined, at: HeaderPlace): boolean {
  const previous = settled.at(-1);
  if (previous === undefined || previous.kind === 'furniture') return true;
  const isBeforeTitle = next?.kind === 'text' && isTitleLike(next.block);
  if (!at.isInListing) return isBeforeTitle && !at.hasProse;
  return previous.kind === 'facts' && at.facts.isApart && isBeforeTitle;
}

function toText(item: Item): Item {
  if (item.kind === 'facts') return { kind: 'text', block: { line: item.facts.line, lines: [item.facts.text] } };
  return item.kind === 'furniture' ? { kind: 'text', block: { line: item.line, lines: [item.text] } } : item;
}
