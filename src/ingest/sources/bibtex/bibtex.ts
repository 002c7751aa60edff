/** Reads papers from BibTeX. Finds arXiv ids, DOIs and URLs in the fields of the common styles. */
import { parseArxivId } from '#core/arxiv-id.ts';
import { parseDay } from '#core/day.ts';
import { findCodeLinks } from '#core/links.ts';
import { type Link, LinkSchema } from '#core/paper.ts';
import type { PaperRecordInput } from '#core/record.ts';
import { cleanAuthorNames } from '#core/text/author-names.ts';
import { cleanText } from '#core/text/clean-text.ts';
import { splitFormulas } from '#core/text/tex.ts';
import { defineFileSource, type SourceEvent, type SourceInput, SourceRefused } from '#ingest/source.ts';
import { type BibtexEntry, parseBibtex } from './bibtex-parser.ts';

const bytesMax = 15_000_000;

export const bibtex = defineFileSource<Record<string, never>>({
  name: 'bibtex',
  async *read(input: SourceInput): AsyncGenerator<SourceEvent> {
    const text = await readText(input.bytes);
    if (!/@\s*[A-Za-z]+\s*[{(]/.test(text)) throw new SourceRefused('There is no BibTeX entry in it.');
    for (const part of parseBibtex(text)) {
      if ('error' in part) yield { kind: 'rejected', rejection: { where: `line ${part.line}`, reason: part.error } };
      else yield toEvent(part.entry, input.now);
    }
    yield { kind: 'progress', done: text.length, total: text.length, unit: 'bytes' };
  },
});

/** Decodes UTF-8, else Latin-1, which old bibliographies use. */
async function readText(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of bytes) {
    length += part.length;
    if (length > bytesMax) throw new SourceRefused('It is larger than 15 MB.');
    parts.push(part);
  }
  const all = Buffer.concat(parts);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(all);
  } catch {
    return new TextDecoder('latin1').decode(all);
  }
}

function toEvent(entry: BibtexEntry, now: string): SourceEvent {
  const where = `line ${entry.line}, ${entry.key || entry.type}`;
  const record = toBibtexRecord(entry, now);
  return record
    ? { kind: 'record', record, where }
    : { kind: 'rejected', rejection: { where, reason: 'a title is missing' } };
}

/** Returns null if the entry has no title. */
export function toBibtexRecord({ fields }: BibtexEntry, now: string): PaperRecordInput | null {
  const field = (name: string) => fields.get(name) ?? '';
  const title = toText(field('title'));
  if (title === '') return null;
  const arxiv = arxivIdOf(fields);
  const authors = cleanAuthorNames(field('author').replace(/\s+/g, ' ').split(/ and /i).map(toName));
  const organization = toText(field('institution') || field('organization'));
  const publishedOn = publicationDateOf(fields);
  const comment = toText(field('comment') || field('note'));
  return {
    source: 'bibtex',
    ...(arxiv ? { arxivId: arxiv.id, ...(arxiv.version ? { version: arxiv.version } : {}) } : {}),
    title,
    abstract: toText(field('abstract')),
    authors,
    ...(authors.length > 0 ? { authorCount: authors.length } : {}),
    ...(organization === '' ? {} : { organization }),
    ...(publishedOn ? { publishedOn } : {}),
    links: linksOf(fields),
    categories: arxiv && field('primaryclass') ? [toText(field('primaryclass'))] : [],
    keywords: [
      ...new Set(
        field('keywords')
          .split(/[,;]/)
          .map(toText)
          .filter((word) => word !== ''),
      ),
    ],
    ...(comment === '' ? {} : { comment }),
    fetchedAt: now,
  };
}

/** Removes braces that only protect capitals. Keeps them in formulas and as arguments of commands. */
function toText(value: string): string {
  const parts = splitFormulas(value).map((part) => (part.kind === 'formula' ? part.text : withoutBraces(part.text)));
  return cleanText(parts.join(''));
}

function withoutBraces(text: string): string {
  const plain = text.replace(/\\([&%_#])/g, '$1').replace(/(?<!\\)~/g, ' ');
  const pieces = plain.match(/\\[A-Za-z]+\s*|\\[\s\S]|[{}]|[^\\{}]+|\\/g) ?? [];
  const open: { readonly at: number; readonly isArgument: boolean }[] = [];
  for (const [at, piece] of pieces.entries()) {
    if (piece === '{') open.push({ at, isArgument: /^\\(?:[A-Za-z]|[`'^"~=.])/.test(pieces[at - 1] ?? '') });
    const group = piece === '}' ? open.pop() : undefined;
    if (!group || group.isArgument) continue;
    pieces[group.at] = '';
    pieces[at] = '';
  }
  return pieces.join('');
}

/** Reorders `Last, First` and `Last, Jr, First` to `First Last Jr`. Keeps a name in braces as it is. */
function toName(name: string): string {
  const whole = /^\s*\{([^{}]*)\}\s*$/.exec(name)?.[1];
  if (whole !== undefined) return whole;
  const [last = '', ...rest] = name.split(/ ?, ?/);
  const ordered = rest.length === 0 ? last : [rest.at(-1), last, ...rest.slice(0, -1)].join(' ');
  return /^\s*others\s*$/i.test(ordered) ? '' : withoutBraces(ordered);
}

function arxivIdOf(fields: ReadonlyMap<string, string>) {
  const scheme = fields.get('eprinttype') ?? fields.get('archiveprefix') ?? 'arxiv';
  const candidates = [
    /^arxiv$/i.test(scheme.trim()) ? (fields.get('eprint') ?? '') : '',
    fields.get('url') ?? '',
    fields.get('doi') ?? '',
  ];
  const mentioned = ['journal', 'note', 'howpublished', 'volume'].map(
    (name) => /arxiv(?::\s*|\s+(?=\d))\S+/i.exec(fields.get(name) ?? '')?.[0].replace(/^arxiv\s+/i, 'arXiv:') ?? '',
  );
  return (
    [...candidates, ...mentioned]
      .map((text) => parseArxivId(text.replace(/[{}]/g, '')))
      .find((found) => found !== null) ?? null
  );
}

function publicationDateOf(fields: ReadonlyMap<string, string>): string | null {
  const written = (fields.get('date') ?? '').slice(0, 10);
  if (parseDay(written)) return written;
  const year = /\b(\d{4})\b/.exec(fields.get('year') ?? fields.get('date') ?? '')?.[1];
  if (!year) return null;
  const [month, day] = [fields.get('month') ?? '', fields.get('day') ?? ''].map((text) => text.trim().padStart(2, '0'));
  return parseDay(`${year}-${month}-${day}`) ?? year;
}

function linksOf(fields: ReadonlyMap<string, string>): Link[] {
  const doi = (fields.get('doi') ?? '').replace(/^https?:\/\/(?:dx\.)?doi\.org\//i, '').trim();
  const url = (fields.get('url') ?? '').replace(/\\([_%#&~])/g, '$1').trim();
  const code = findCodeLinks(url).filter((link) => link.kind === 'code');
  const isOther =
    url !== '' && code.length === 0 && parseArxivId(url) === null && !/^https?:\/\/(?:dx\.)?doi\.org\//i.test(url);
  const links = [
    ...(doi && !/arxiv/i.test(doi) ? [{ kind: 'doi', url: `https://doi.org/${encodeURI(doi.toWellFormed())}` }] : []),
    ...code,
    ...(isOther ? [{ kind: 'source', url }] : []),
  ];
  return links.flatMap((link) => LinkSchema.safeParse(link).data ?? []);
}
