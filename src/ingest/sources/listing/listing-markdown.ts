/** Parses a page of daily or trending papers that a tool converted to Markdown: one heading for each paper. */
import { parseArxivId } from '#core/arxiv-id.ts';
import { cleanText } from '#core/text/clean-text.ts';
import { isBoilerplate, readMetadata, toNumber } from './listing-lines.ts';
import type { Draft, RejectedEntry, Section } from './listing-paper.ts';

type Mutable<T> = { -readonly [key in keyof T]: T[key] };
type OpenPaper = Mutable<Omit<Draft, 'abstract' | 'repositories'>> & {
  readonly abstract: string[];
  readonly repositories: string[];
  /** The abstract is complete, because a line after it was read. */
  hasMetadata: boolean;
};
type Page = {
  readonly papers: OpenPaper[];
  readonly rejected: RejectedEntry[];
  header: Section['header'];
  current: OpenPaper | null;
  /** Votes, which the page shows above the paper's heading. */
  upvotes: number | null;
};

/** Base of relative URLs. */
const site = 'https://huggingface.co';
const paperHeading = /^### +(\S.*)$/;
const linkStart = /^\[/;
/** CommonMark allows angle brackets around the URL and a title after it. */
const linkEnd = /\]\(<?([^()\s<>]*)>?(?: "[^"]*")?\)$/;

/** Returns whether the text has headings, and an author count, a paper's URL or the page's own heading. */
export const isMarkdownListing = (text: string): boolean =>
  /^#{2,6} +\S/m.test(text) &&
  /^\[?[-*•] [\d,]+ authors?\b|huggingface\.co\/papers\/|^#{1,2} +(?:Daily|Trending) Papers$/im.test(text);

/** Changes the most frequent heading level to `###`. Tools differ in the level that they use for papers. */
function levelPapers(text: string): string {
  const levels = Map.groupBy(text.matchAll(/^#{2,6}(?= +\S)/gm), ([marks]) => marks);
  const [most = '###'] =
    [...levels].sort(([a, uses], [b, otherUses]) => otherUses.length - uses.length || b.length - a.length)[0] ?? [];
  return most === '###' ? text : text.replace(/^#{2,6}(?= +\S)/gm, (marks) => (marks === most ? '###' : '#'));
}

/** Returns the papers of the page and its day, if it has one. */
export function parseMarkdownListing(text: string): Section {
  const page: Page = { papers: [], rejected: [], header: null, current: null, upvotes: null };
  const raw = levelPapers(text).split(/\r\n?|\n/);
  const lines = raw.map(cleanText);
  for (let at = skipFrontMatter(lines); at < lines.length; ) {
    const to = endOfElement(raw, lines, at);
    const element = lines.slice(at, to).join('\n');
    if (element !== '') readElement(page, element, at + 1);
    at = to;
  }
  const endsInLine = raw.at(-1) !== '';
  const found = page.papers.map((paper, i) =>
    finish(paper, endsInLine && i === page.papers.length - 1 && !paper.hasMetadata),
  );
  return {
    header: page.header,
    papers: found.filter((entry) => 'title' in entry && 'abstract' in entry),
    rejected: [...page.rejected, ...found.filter((entry) => 'reason' in entry)],
  };
}

function skipFrontMatter(lines: readonly string[]): number {
  return lines[0] === '---' ? lines.indexOf('---', 1) + 1 : 0;
}

/** Headings continue on indented lines, links after an escaped line break. Other elements have one line. */
function endOfElement(raw: readonly string[], lines: readonly string[], from: number): number {
  const line = lines[from] ?? '';
  const continues = paperHeading.test(line)
    ? (at: number) => /^\s+\S/.test(raw[at] ?? '')
    : (at: number) => linkStart.test(line) && (lines[at - 1] ?? '').endsWith('\\');
  let to = from + 1;
  while (to < lines.length && continues(to)) to++;
  return to;
}

function readElement(page: Page, element: string, line: number): void {
  const heading = paperHeading.exec(element.replaceAll('\n', ' '))?.[1];
  const link = readLink(heading ?? element);
  if (heading !== undefined && isBoilerplate(plainText(heading))) page.current = null;
  else if (heading !== undefined) startPaper(page, { title: link?.text ?? heading, url: link?.url ?? '', line });
  else if (/^#{1,6} /.test(element)) page.current = null;
  else if (link) addLink(page, { ...link, line });
  else addLine(page, element, line);
}

/** Removes images and replaces links by their text. */
const plainText = (text: string): string =>
  text.replace(/!\[[^[\]]*\]\([^()]*\)/g, '').replace(/\[([^[\]]*)\]\([^()]*\)/g, '$1');

/** Parses an element that is a single link. Removes the backslashes that escape line breaks in its text. */
function readLink(element: string): { readonly text: string; readonly url: string } | null {
  const end = linkStart.test(element) ? linkEnd.exec(element) : null;
  return end
    ? {
        text: element.slice(1, end.index).replace(/(?<!\\)\\+(?=\n)/g, ''),
        url: (end[1] ?? '').replace(/^(?=\/)/, site),
      }
    : null;
}

function startPaper(
  page: Page,
  { title, url, line }: { readonly title: string; readonly url: string; readonly line: number },
): void {
  const paper: OpenPaper = {
    line,
    title: cleanText(title.replace(/(?<!\\)\\+ /g, ' ')),
    abstract: [],
    authors: null,
    date: null,
    comments: null,
    upvotes: page.upvotes,
    arxivId: parseArxivId(url)?.id ?? null,
    organization: null,
    repositories: [],
    hasMetadata: false,
  };
  page.papers.push(paper);
  page.current = paper;
  page.upvotes = null;
}

function addLink(
  page: Page,
  { text, url, line }: { readonly text: string; readonly url: string; readonly line: number },
): void {
  const paper = page.current;
  if (/\/login\?next=/.test(url)) {
    page.upvotes = toNumber(/^[\d,]+$/.exec(text)?.[0]);
    return;
  }
  if (!paper || isBoilerplate(text)) return;
  const authors = /(?:^|\n)(?:[-*•] )?([\d,]+) authors?$/.exec(text)?.[1];
  const organization = /^!\[[^\]]*\]\([^)]*\)([^\n]+)$/.exec(text)?.[1];
  const isRepository = /^(?:LINK: ?)?GitHub\b/i.test(text);
  if (authors) paper.authors = toNumber(authors);
  else if (organization) paper.organization = cleanText(organization);
  else if (isRepository) paper.repositories.push(url);
  else if (!paper.hasMetadata && /\/papers\//.test(url)) {
    paper.abstract.push(text);
    paper.arxivId ??= parseArxivId(url)?.id ?? null;
    return;
  } else page.rejected.push({ line, reason: 'a link that belongs to no paper', title: text.slice(0, 80) });
  paper.hasMetadata = true;
}

function addLine(page: Page, text: string, line: number): void {
  const paper = page.current;
  const comments = /\[([\d,]+)\]\([^()]*\)$/.exec(text);
  const metadata = readMetadata(comments ? text.slice(0, comments.index) : text, line);
  if (!paper) {
    if (metadata?.date && page.papers.length === 0) page.header ??= metadata.date;
    else if (page.papers.length > 0 && !metadata && !isBoilerplate(text))
      page.rejected.push({ line, reason: 'a line that belongs to no paper', title: text.slice(0, 80) });
  } else if (metadata) {
    paper.authors ??= metadata.authors;
    paper.date ??= metadata.date;
    paper.comments ??= toNumber(comments?.[1]) ?? metadata.comments;
    paper.hasMetadata = true;
  } else if (!paper.hasMetadata) paper.abstract.push(text);
  else if (!isBoilerplate(text))
    page.rejected.push({ line, reason: 'a line that belongs to no paper', title: text.slice(0, 80) });
}

function finish({ hasMetadata: _, abstract, ...paper }: OpenPaper, isTruncated: boolean): Draft | RejectedEntry {
  const text = abstract.join('\n');
  const isOpen = linkStart.test(text) && paper.arxivId !== null;
  if (text === '') return { line: paper.line, reason: 'a title without an abstract', title: paper.title };
  if (isTruncated || isOpen) return { line: paper.line, reason: 'the text ends in its abstract', title: paper.title };
  return { ...paper, abstract: text };
}
