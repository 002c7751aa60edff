/** Parses a page of daily papers in plain text: title, abstract and metadata of each paper. */
import { SourceRefused } from '#ingest/source.ts';
import { type Block, type Item, type Metadata, readItems } from './listing-items.ts';
import { isBanner } from './listing-lines.ts';
import type { Draft, RejectedEntry, Section } from './listing-paper.ts';
import { type Label, labelBlocks, votesOf } from './listing-segments.ts';

/** Returns a section for each listing day. Throws `SourceRefused` if the text is not a listing. */
export function parseTextListing(text: string): readonly Section[] {
  const { items, endsInLine } = readItems(text);
  const isListing = items.some(
    (item) => item.kind === 'metadata' || (item.kind === 'boilerplate' && isBanner(item.text)),
  );
  if (!isListing) throw new SourceRefused(notAListingMessage(items));
  return splitSections(items).map(({ header, items: sectionItems }, index, all) => {
    const runs = splitRuns(sectionItems, header === null && index < all.length - 1);
    const isLast = index === all.length - 1;
    const found = runs.flatMap((run, runIndex) =>
      readRun(run, isLast && runIndex === runs.length - 1 ? { endsInLine } : null),
    );
    return {
      header,
      papers: found.flatMap((entry) => ('rejected' in entry ? [] : [entry.paper])),
      rejected: found.flatMap((entry) => ('rejected' in entry ? [entry.rejected] : [])),
    };
  });
}

function notAListingMessage(items: readonly Item[]): string {
  const first = items.find((item) => item.kind === 'text');
  const subject = first
    ? `Line ${first.block.line}: “${excerpt(first.block)}” begins no listing`
    : 'Line 1: there is no listing here';
  return `${subject}, as no line like “• 4 authors” follows; paste the page of daily papers as text, from its title to its end.`;
}

type SectionItems = { readonly header: Section['header']; readonly items: readonly Item[] };

/** Splits the items at the day headers. If there are any, the first section is the preamble and has no papers. */
function splitSections(items: readonly Item[]): SectionItems[] {
  const sections: { header: Section['header']; items: Item[] }[] = [{ header: null, items: [] }];
  for (const item of items) {
    if (item.kind === 'header') sections.push({ header: item.date, items: [] });
    else sections.at(-1)?.items.push(item);
  }
  return sections;
}

/** Text blocks up to metadata or boilerplate. A preamble, above the first day, contains no papers. */
type Run = { readonly blocks: readonly Block[]; readonly metadata: Metadata | null; readonly isPreamble: boolean };

function splitRuns(items: readonly Item[], isPreamble: boolean): Run[] {
  const runs: Run[] = [];
  let blocks: Block[] = [];
  const end = (metadata: Metadata | null) => {
    if (blocks.length > 0 || metadata) runs.push({ blocks, metadata, isPreamble });
    blocks = [];
  };
  for (const item of items) {
    if (item.kind === 'text') blocks.push(item.block);
    else end(item.kind === 'metadata' ? item.metadata : null);
  }
  end(null);
  return runs;
}

type Found = { readonly paper: Draft } | { readonly rejected: RejectedEntry };

function readRun(run: Run, ending: { readonly endsInLine: boolean } | null): Found[] {
  const blocks = run.blocks.length === 1 && run.metadata ? splitFirstLine(run.blocks) : run.blocks;
  const labels: readonly Label[] = run.isPreamble
    ? blocks.map(() => 'noise')
    : labelBlocks(blocks, run.metadata !== null);
  const found: Found[] = [];
  let upvotes: number | null = null;
  for (let at = 0; at < blocks.length; ) {
    const size = 1 + countAbstracts(labels, at + 1);
    const parts = blocks.slice(at, at + size);
    const isLast = at + size === blocks.length;
    const votes = labels[at] === 'noise' && labels[at + 1] === 'title' ? votesOf(parts[0]) : null;
    if (labels[at] === 'title')
      found.push(readPaper({ parts, upvotes }, isLast ? run.metadata : null, isLast ? ending : null));
    else if (votes === null) found.push({ rejected: explainNoise(parts, isLast && run.metadata !== null) });
    upvotes = votes;
    at += size;
  }
  if (blocks.length === 0 && run.metadata)
    found.push({ rejected: { line: run.metadata.line, reason: `“${run.metadata.text}” belongs to no paper` } });
  return found;
}

function countAbstracts(labels: readonly Label[], from: number): number {
  let to = from;
  while (labels[to] === 'abstract') to++;
  return to - from;
}

/** Splits a single block into title (its first line) and abstract. */
function splitFirstLine([block]: readonly Block[]): readonly Block[] {
  if (!block || block.lines.length < 2) return block ? [block] : [];
  const [title = '', ...rest] = block.lines;
  return [
    { line: block.line, lines: [title] },
    { line: block.line + 1, lines: rest },
  ];
}

function explainNoise([block]: readonly Block[], hasMetadata: boolean): RejectedEntry {
  const title = block ? excerpt(block) : '';
  const reason = hasMetadata
    ? 'a title or an abstract is missing before its authors and date'
    : 'a title without an abstract, or a line that belongs to no paper';
  return { line: block?.line ?? 1, reason, title };
}

/** Removes Markdown's heading and bold marks from a title. */
const titleOf = (block: Block | undefined): string =>
  (block?.lines.join(' ') ?? '').replace(/^#{1,6} +/, '').replace(/^\*\*(.+)\*\*$/, '$1');

type Text = { readonly parts: readonly Block[]; readonly upvotes: number | null };

function readPaper(
  { parts, upvotes }: Text,
  metadata: Metadata | null,
  ending: { readonly endsInLine: boolean } | null,
): Found {
  const [first, ...rest] = parts;
  const title = titleOf(first);
  const line = first?.line ?? 1;
  const error = metadata?.error
    ? `“${metadata.error.text}” in line ${metadata.error.line} is neither a number of authors nor a date`
    : ending && explainTruncation(metadata, ending.endsInLine);
  if (error) return { rejected: { line, reason: error, title } };
  const none = { arxivId: null, organization: null, repositories: [] };
  const abstract = rest.flatMap((block) => block.lines).join('\n');
  return {
    paper: {
      ...none,
      upvotes,
      line,
      title,
      abstract,
      authors: metadata?.authors ?? null,
      date: metadata?.date ?? null,
      comments: metadata?.comments ?? null,
    },
  };
}

/** Returns why the page's last paper is truncated; null if it is complete. */
function explainTruncation(metadata: Metadata | null, endsInLine: boolean): string | null {
  if (metadata && !metadata.date)
    return `the text ends after “${metadata.text}” in line ${metadata.line}, before the date`;
  if (!metadata && endsInLine) return 'the text ends in its abstract; when it is complete, end it with a line break';
  return null;
}

function excerpt(block: Block): string {
  const text = block.lines.join(' ');
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
