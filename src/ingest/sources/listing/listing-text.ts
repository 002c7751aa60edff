/** The page of daily papers as text: title, abstract and facts of each, between the lines of the page around them. */
import { SourceRefused } from '#ingest/source.ts';
import { type Block, type Facts, type Item, readItems } from './listing-items.ts';
import { isBanner } from './listing-lines.ts';
import type { Draft, Refused, Section } from './listing-paper.ts';
import { type Label, labelBlocks, votesOf } from './listing-segments.ts';

/** A pasted page by its days; refused when nothing in it is a listing's. */
export function parseTextListing(text: string): readonly Section[] {
  const { items, endsInLine } = readItems(text);
  const isListing = items.some((item) => item.kind === 'facts' || (item.kind === 'furniture' && isBanner(item.text)));
  if (!isListing) throw new SourceRefused(notAListing(items));
  return splitSections(items).map(({ header, items: own }, index, all) => {
    const runs = splitRuns(own, header === null && index < all.length - 1);
    const isLast = index === all.length - 1;
    const found = runs.flatMap((run, place) =>
      readRun(run, isLast && place === runs.length - 1 ? { endsInLine } : null),
    );
    return {
      header,
      papers: found.flatMap((one) => ('refused' in one ? [] : [one.paper])),
      refused: found.flatMap((one) => ('refused' in one ? [one.refused] : [])),
    };
  });
}

function notAListing(items: readonly Item[]): string {
  const first = items.find((item) => item.kind === 'text');
  const what = first
    ? `Line ${first.block.line}: “${excerpt(first.block)}” begins no listing`
    : 'Line 1: there is no listing here';
  return `${what}, as no line like “• 4 authors” follows; paste the page of daily papers as text, from its title to its end.`;
}

type SectionItems = { readonly header: Section['header']; readonly items: readonly Item[] };

/** What stands above the first day, when there is a day, is a section without papers. */
function splitSections(items: readonly Item[]): SectionItems[] {
  const sections: { header: Section['header']; items: Item[] }[] = [{ header: null, items: [] }];
  for (const item of items) {
    if (item.kind === 'header') sections.push({ header: item.date, items: [] });
    else sections.at(-1)?.items.push(item);
  }
  return sections;
}

/** Texts up to the facts that end them; furniture of the page ends them too. Above the day (`isPreamble`) nothing is a paper. */
type Run = { readonly blocks: readonly Block[]; readonly facts: Facts | null; readonly isPreamble: boolean };

function splitRuns(items: readonly Item[], isPreamble: boolean): Run[] {
  const runs: Run[] = [];
  let blocks: Block[] = [];
  const end = (facts: Facts | null) => {
    if (blocks.length > 0 || facts) runs.push({ blocks, facts, isPreamble });
    blocks = [];
  };
  for (const item of items) {
    if (item.kind === 'text') blocks.push(item.block);
    else end(item.kind === 'facts' ? item.facts : null);
  }
  end(null);
  return runs;
}

type Found = { readonly paper: Draft } | { readonly refused: Refused };

function readRun(run: Run, ending: { readonly endsInLine: boolean } | null): Found[] {
  const blocks = run.blocks.length === 1 && run.facts ? splitFirstLine(run.blocks) : run.blocks;
  const labels: readonly Label[] = run.isPreamble ? blocks.map(() => 'noise') : labelBlocks(blocks, run.facts !== null);
  const found: Found[] = [];
  let upvotes: number | null = null;
  for (let at = 0; at < blocks.length; ) {
    const size = 1 + countAbstracts(labels, at + 1);
    const parts = blocks.slice(at, at + size);
    const isLast = at + size === blocks.length;
    const votes = labels[at] === 'noise' && labels[at + 1] === 'title' ? votesOf(parts[0]) : null;
    if (labels[at] === 'title')
      found.push(readPaper({ parts, upvotes }, isLast ? run.facts : null, isLast ? ending : null));
    else if (votes === null) found.push({ refused: explainNoise(parts, isLast && run.facts !== null) });
    upvotes = votes;
    at += size;
  }
  if (blocks.length === 0 && run.facts)
    found.push({ refused: { line: run.facts.line, reason: `“${run.facts.text}” belongs to no paper` } });
  return found;
}

function countAbstracts(labels: readonly Label[], from: number): number {
  let to = from;
  while (labels[to] === 'abstract') to++;
  return to - from;
}

/** Without an empty line between them, the title is the first line. */
function splitFirstLine([block]: readonly Block[]): readonly Block[] {
  if (!block || block.lines.length < 2) return block ? [block] : [];
  const [title = '', ...rest] = block.lines;
  return [
    { line: block.line, lines: [title] },
    { line: block.line + 1, lines: rest },
  ];
}

function explainNoise([block]: readonly Block[], hasFacts: boolean): Refused {
  const title = block ? excerpt(block) : '';
  const reason = hasFacts
    ? 'a title or an abstract is missing before its authors and date'
    : 'a title without an abstract, or a line that belongs to no paper';
  return { line: block?.line ?? 1, reason, title };
}

/** The marks of a heading or of bold letters, where a page was copied as Markdown, are no part of a title. */
const titleOf = (block: Block | undefined): string =>
  (block?.lines.join(' ') ?? '').replace(/^#{1,6} +/, '').replace(/^\*\*(.+)\*\*$/, '$1');

type Text = { readonly parts: readonly Block[]; readonly upvotes: number | null };

function readPaper(
  { parts, upvotes }: Text,
  facts: Facts | null,
  ending: { readonly endsInLine: boolean } | null,
): Found {
  const [first, ...rest] = parts;
  const title = titleOf(first);
  const line = first?.line ?? 1;
  const problem = facts?.problem
    ? `“${facts.problem.text}” in line ${facts.problem.line} is neither a number of authors nor a date`
    : ending && findCut(facts, ending.endsInLine);
  if (problem) return { refused: { line, reason: problem, title } };
  const none = { arxivId: null, organization: null, repositories: [] };
  const abstract = rest.flatMap((block) => block.lines).join('\n');
  return {
    paper: {
      ...none,
      upvotes,
      line,
      title,
      abstract,
      authors: facts?.authors ?? null,
      date: facts?.date ?? null,
      comments: facts?.comments ?? null,
    },
  };
}

/** Why the last paper of a page is not whole, or null. */
function findCut(facts: Facts | null, endsInLine: boolean): string | null {
  if (facts && !facts.date) return `the text ends after “${facts.text}” in line ${facts.line}, before the date`;
  if (!facts && endsInLine) return 'the text ends in its abstract; when it is complete, end it with a line break';
  return null;
}

function excerpt(block: Block): string {
  const text = block.lines.join(' ');
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
