/** BibTeX: `@misc` entries as arXiv prints them, readable by BibTeX, biber and Zotero. */
import type { Paper } from '#core/paper.ts';
import { foldText, stopWords } from '#core/text/terms.ts';
import { toReadableText } from '#view/text/readable-text.ts';
import { splitName } from './shared/author-name.ts';
import { defineFormat } from './shared/format.ts';
import { doiOf, originUrl } from './shared/paper-urls.ts';
import { escapeBibtex, titleToBibtex } from './shared/tex-to-bibtex.ts';

/** `cs.CL`, `hep-th`: other sources' categories are no arXiv class. */
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

/** One entry each, with keys that are unique among them. */
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

/** Hands out keys; the second paper with the same one gets `a`, the third `b`, … It remembers every key it gave. */
export function createBibtexKeys(): (paper: Paper) => string {
  const given = new Set<string>();
  const tried = new Map<string, number>();
  return (paper) => {
    const base = toKey(paper);
    let count = tried.get(base) ?? 0;
    while (given.has(base + toSuffix(count))) count += 1;
    tried.set(base, count + 1);
    given.add(base + toSuffix(count));
    return base + toSuffix(count);
  };
}

/** The first author's last name, the year and the first four words of the title that say something: `vaswani2023attentionneed`. */
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

/** ASCII letters and digits only: some programs know no other keys. */
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
    ['eprinttype', arxivId && 'arxiv'], // Zotero reads `eprint` only with this one
    ['primaryClass', arxivId && category],
    ['doi', toAddress(doiOf(paper))],
    ['url', toAddress(originUrl(paper))],
  ];
}

/** A name is `First Last`; what BibTeX would take apart otherwise (a comma, `and`, a collaboration) is one word in braces. */
function toAuthor(name: string): string {
  const split = splitName(name);
  if ('literal' in split)
    return /[\s,]|^(?:and|others)$/i.test(split.literal)
      ? `{${escapeBibtex(split.literal)}}`
      : escapeBibtex(split.literal);
  return `${escapeBibtex(split.given)} ${escapeBibtex(split.family)}`;
}

/** Addresses are read verbatim, so only what ends a field, or writes a character by its code (`^^5c`), is changed. */
function toAddress(url: string | null): string | null {
  return url?.replace(/[{}\\^\s]/g, (sign) => encodeURIComponent(sign)) ?? null;
}
