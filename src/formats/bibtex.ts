/** BibTeX: `@misc` entries like arXiv's, for BibTeX, biber and Zotero. */
import type { Paper } from '#core/paper.ts';
import { foldText, stopWords } from '#core/text/terms.ts';
import { toReadableText } from '#view/text/readable-text.ts';
import { splitName } from './shared/author-name.ts';
import { defineFormat } from './shared/format.ts';
import { doiOf, originUrl } from './shared/paper-urls.ts';
import { escapeBibtex, titleToBibtex } from './shared/tex-to-bibtex.ts';

/** `cs.CL`, `hep-th`. Categories of other sources are no arXiv class. */
const arxivCategory = /^[a-z]+(?:-[a-z]+)?(?:\.[A-Za-z]+(?:-[A-Za-z]+)?)?$/;

export const bibtex = defineFormat({
  extension: 'bib',
  contentType: 'text/x-bibtex; charset=utf-8',
  label: 'BibTeX',
  kind: 'export',
  hasCitationKeys: true,
  separator: '\n',
  head: () => '',
  item: ({ paper, citationKey }) => renderBibtexEntry(paper, citationKey),
  tail: () => '',
});

/** Citation keys are unique within the result. */
export function renderBibtex(papers: readonly Paper[]): string {
  const keyFor = createBibtexKeys();
  return papers.map((paper) => renderBibtexEntry(paper, keyFor(paper))).join('\n');
}

function renderBibtexEntry(paper: Paper, key: string): string {
  const fields = toFields(paper).flatMap(([name, value]) =>
    value === null || value === '' ? [] : `  ${name}={${value}},\n`,
  );
  return `@misc{${key},\n${fields.join('')}}\n`;
}

/** Returns a generator of unique citation keys. Repeated keys get the suffixes `a`, `b`, … */
export function createBibtexKeys(): (paper: Paper) => string {
  const used = new Set<string>();
  const nextSuffix = new Map<string, number>();
  return (paper) => {
    const base = toKey(paper);
    let count = nextSuffix.get(base) ?? 0;
    while (used.has(base + toSuffix(count))) count += 1;
    nextSuffix.set(base, count + 1);
    used.add(base + toSuffix(count));
    return base + toSuffix(count);
  };
}

/** Last name of the first author, year, first four content words of the title: `vaswani2023attentionneed`. */
function toKey(paper: Paper): string {
  const name = toKeyPart(
    toReadableText(paper.authors[0] ?? '')
      .split(/\s+/)
      .at(-1) ?? '',
  );
  const words = toReadableText(paper.title)
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .map(toKeyPart)
    .filter((word) => word !== '' && !stopWords.has(word));
  const key = name + (paper.publishedOn?.slice(0, 4) ?? '') + words.slice(0, 4).join('').slice(0, 60);
  return /[a-z]/.test(key) ? key : `paper${toKeyPart(paper.id)}`;
}

/** ASCII letters and digits only: some programs accept no other keys. */
function toKeyPart(text: string): string {
  return foldText(text).replace(/[^a-z0-9]/g, '');
}

/** ``, `a`, …, `z`, `aa`, … */
function toSuffix(count: number): string {
  let suffix = '';
  for (let rest = count; rest > 0; rest = Math.floor((rest - 1) / 26))
    suffix = String.fromCharCode(97 + ((rest - 1) % 26)) + suffix;
  return suffix;
}

function toFields(paper: Paper): readonly (readonly [string, string | null])[] {
  const { arxivId } = paper;
  const authors = paper.authors.map(toAuthor).filter((name) => name !== '');
  const category = paper.tags.find((tag) => tag.kind === 'category' && arxivCategory.test(tag.label))?.label ?? null;
  return [
    ['title', titleToBibtex(paper.title)],
    ['author', authors.join(' and ')],
    ['year', paper.publishedOn?.slice(0, 4) ?? null],
    ['eprint', arxivId],
    ['archivePrefix', arxivId && 'arXiv'],
    ['eprinttype', arxivId && 'arxiv'], // Zotero ignores `eprint` without it
    ['primaryClass', arxivId && category],
    ['doi', toAddress(doiOf(paper))],
    ['url', toAddress(originUrl(paper))],
  ];
}

/** Writes `First Last`, with braces around names that BibTeX would split wrongly (comma, `and`, collaboration). */
function toAuthor(name: string): string {
  const split = splitName(name);
  if ('literal' in split)
    return /[\s,]|^(?:and|others)$/i.test(split.literal)
      ? `{${escapeBibtex(split.literal)}}`
      : escapeBibtex(split.literal);
  return `${escapeBibtex(split.given)} ${escapeBibtex(split.family)}`;
}

/** BibTeX reads addresses verbatim, so encodes only characters that end a field or form a code (`^^5c`). */
function toAddress(url: string | null): string | null {
  return url?.replace(/[{}\\^\s]/g, (sign) => encodeURIComponent(sign)) ?? null;
}
