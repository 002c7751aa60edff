/** The page of daily or trending papers as Markdown, as page-to-Markdown tools write it: a `###` heading for each paper. */
import { parseArxivId } from '#core/arxiv-id.ts';
import { cleanText } from '#core/text/clean-text.ts';
import { isBoilerplate, readFacts, toNumber } from './listing-lines.ts';
import type { Draft, Refused, Section } from './listing-paper.ts';

type Mutable<T> = { -readonly [key in keyof T]: T[key] };
type OpenPaper = Mutable<Omit<Draft, 'abstract' | 'repositories'>> & {
  readonly abstract: string[];
  readonly repositories: string[];
  /** Something other than the abstract was read. */
  hasFacts: boolean;
};
type Page = {
  readonly papers: OpenPaper[];
  readonly refused: Refused[];
  header: Section['header'];
  current: OpenPaper | null;
  /** The number that stands above a heading. */
  upvotes: number | null;
};

/** Where addresses begin that begin with nothing. */
const site = 'https://huggingface.co';
const paperHeading = /^### +(\S.*)$/;
const linkStart = /^\[/;
/** The address may stand in angle brackets, and a title behind it. */
const linkEnd = /\]\(<?([^()\s<>]*)>?(?: "[^"]*")?\)$/;

/** Headings alone make no listing: there must be a count of authors, an address of a paper, or the page's own heading. */
export const isMarkdownListing = (text: string): boolean =>
  /^#{2,6} +\S/m.test(text) &&
  /^\[?[-*•] [\d,]+ authors?\b|huggingface\.co\/papers\/|^#{1,2} +(?:Daily|Trending) Papers$/im.test(text);

/** Papers are the headings of the level that most have: tools differ in where they begin. */
function levelPapers(text: string): string {
  const levels = Map.groupBy(text.matchAll(/^#{2,6}(?= +\S)/gm), ([marks]) => marks);
  const [most = '###'] =
    [...levels].sort(([a, one], [b, other]) => other.length - one.length || b.length - a.length)[0] ?? [];
  return most === '###' ? text : text.replace(/^#{2,6}(?= +\S)/gm, (marks) => (marks === most ? '###' : '#'));
}

/** The papers of the page and its day, when it names one. */
export function parseMarkdownListing(text: string): Section {
  const page: Page = { papers: [], refused: [], header: null, current: null, upvotes: null };
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
    finish(paper, endsInLine && i === page.papers.length - 1 && !paper.hasFacts),
  );
  return {
    header: page.header,
    papers: found.filter((one) => 'title' in one && 'abstract' in one),
    refused: [...page.refused, ...found.filter((one) => 'reason' in one)],
  };
}

function skipFrontMatter(lines: readonly string[]): number {
  return lines[0] === '---' ? lines.indexOf('---', 1) + 1 : 0;
}

/** A heading goes on over indented lines, a link over lines whose break is escaped; anything else is one line. */
function endOfElement(raw: readonly string[], lines: readonly string[], from: number): number {
  const line = lines[from] ?? '';
  const goesOn = paperHeading.test(line)
    ? (at: number) => /^\s+\S/.test(raw[at] ?? '')
    : (at: number) => linkStart.test(line) && (lines[at - 1] ?? '').endsWith('\\');
  let to = from + 1;
  while (to < lines.length && goesOn(to)) to++;
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

/** Without images, and with links as their text. */
const plainText = (text: string): string =>
  text.replace(/!\[[^[\]]*\]\([^()]*\)/g, '').replace(/\[([^[\]]*)\]\([^()]*\)/g, '$1');

/** `[text](address)` that is the whole element; the text without the marks that escape its line breaks. */
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
    hasFacts: false,
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
  else if (!paper.hasFacts && /\/papers\//.test(url)) {
    paper.abstract.push(text);
    paper.arxivId ??= parseArxivId(url)?.id ?? null;
    return;
  } else page.refused.push({ line, reason: 'a link that belongs to no paper', title: text.slice(0, 80) });
  paper.hasFacts = true;
}

function addLine(page: Page, text: string, line: number): void {
  const paper = page.current;
  const comments = /\[([\d,]+)\]\([^()]*\)$/.exec(text);
  const facts = readFacts(comments ? text.slice(0, comments.index) : text, line);
  if (!paper) {
    if (facts?.date && page.papers.length === 0) page.header ??= facts.date;
    else if (page.papers.length > 0 && !facts && !isBoilerplate(text))
      page.refused.push({ line, reason: 'a line that belongs to no paper', title: text.slice(0, 80) });
  } else if (facts) {
    paper.authors ??= facts.authors;
    paper.date ??= facts.date;
    paper.comments ??= toNumber(comments?.[1]) ?? facts.comments;
    paper.hasFacts = true;
  } else if (!paper.hasFacts) paper.abstract.push(text);
  else if (!isBoilerplate(text))
    page.refused.push({ line, reason: 'a line that belongs to no paper', title: text.slice(0, 80) });
}

function finish({ hasFacts: _, abstract, ...paper }: OpenPaper, isCut: boolean): Draft | Refused {
  const text = abstract.join('\n');
  const isOpen = linkStart.test(text) && paper.arxivId !== null;
  if (text === '') return { line: paper.line, reason: 'a title without an abstract', title: paper.title };
  if (isCut || isOpen) return { line: paper.line, reason: 'the text ends in its abstract', title: paper.title };
  return { ...paper, abstract: text };
}
