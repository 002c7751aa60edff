/** The read path of feeds and exports: address → query → hits → batches of papers → text. */

import { rejectErrors } from '#api/v1/list-papers.ts';
import { AppError } from '#core/errors.ts';
import type { PaperKey } from '#core/ports/papers.ts';
import { createBibtexKeys } from '#formats/bibtex.ts';
import { findFormat } from '#formats/index.ts';
import type { Entry, Format, ListHead } from '#formats/shared/format.ts';
import { latestUpdate, tagUri, toEntry } from '#formats/shared/to-entry.ts';
import { withPage } from '#query/edit-query.ts';
import { formatChips, formatPaperQuery, hrefOf } from '#query/format-query.ts';
import type { PaperQuery, QueryProblem } from '#query/paper-query.ts';
import { parsePaperQuery } from '#query/parse-paper-query.ts';
import { allPapersPath, feedPath } from '#view/paths.ts';
import { toCountLabel, toListLabel } from '#view/text/labels.ts';
import { etagOf } from './etag-of.ts';
import type { Library } from './library.ts';
import { findHits, tagLabelsOf } from './list-papers.ts';
import { withPapers } from './with-papers.ts';

const feedEntriesMax = 50;
/** Small enough that a batch is garbage before V8 promotes it to the old generation. */
const batchSize = 50;
/** No limit: one search finds the whole export, so a concurrent ingest causes no repeats and no gaps. */
const exportLimit = 2 ** 31 - 1;

export type Feed = {
  readonly format: Format;
  /** The entity tag at the store's current revision. */
  readonly etag: string;
  readonly problems: readonly QueryProblem[];
  /** Searches. Its entity tag can be older than `etag`, because the index can be behind the store. */
  render(): Promise<RenderedFeed>;
};

export type RenderedFeed = {
  readonly etag: string;
  readonly total: number;
  /** The document's text in order; `written` counts the papers up to the end of the part. */
  readonly parts: AsyncIterable<Part> | Iterable<Part>;
};

type Part = { readonly text: string; readonly written: number };

/** Throws `not_found` for an unknown format and `bad_request` for an unknown or malformed parameter. */
export async function openFeed(library: Library, extension: string, params: URLSearchParams): Promise<Feed> {
  const format = findFormat(extension);
  if (!format) throw new AppError('not_found', `There is no list of papers as “${extension.slice(0, 40)}”.`);
  const revision = await library.reader.revision(); // before the search: old content must never get a new tag
  const { query: requested, problems } = parsePaperQuery(params);
  rejectErrors(problems);
  const query = format.kind === 'feed' ? requested : withPage(requested, 1); // an export has all pages
  const etagAt = (at: number) => etagOf(library, at, format.extension, formatPaperQuery(query).toString());
  const etag = etagAt(revision);
  return {
    format,
    problems,
    etag,
    async render() {
      const limit = format.kind === 'feed' ? feedEntriesMax : exportLimit;
      const found = await findHits(library, {
        scope: { kind: 'all' },
        query,
        problems,
        offset: (query.page - 1) * limit,
        limit,
        facets: false,
      });
      const { hits, total, partial } = found.result;
      const rendered = { etag: etagAt(Math.min(revision, found.result.revision)), total: hits.length };
      const parts = renderParts(library, format, {
        query,
        keys: hits.map(({ key }) => key),
        total,
        count: total + partial,
      });
      // A feed is small, so render it whole: an error then sets the status instead of truncating the document.
      return { ...rendered, parts: format.kind === 'feed' ? await Array.fromAsync(parts) : parts };
    },
  };
}

/** The search result of a whole export. Papers are read later, in batches. */
type FoundKeys = {
  readonly query: PaperQuery;
  readonly keys: readonly PaperKey[];
  readonly total: number;
  /** Includes partial matches. */
  readonly count: number;
};

/** Reads and writes one batch at a time. */
async function* renderParts(library: Library, format: Format, found: FoundKeys): AsyncGenerator<Part> {
  const { keys } = found;
  const keyFor = format.hasCitationKeys ? createBibtexKeys() : () => '';
  const read = async (from: number): Promise<Entry[]> => {
    const batch = keys.slice(from, from + batchSize).map((key) => ({ key }));
    return (await withPapers(library.reader, batch)).map(({ paper }) => toEntry(paper, library.siteUrl, keyFor(paper)));
  };
  const first = await read(0);
  const head = await toHead(library, format, { found, updatedAt: latestUpdate(first) });
  yield { text: format.head(head), written: 0 };
  let separator = '';
  for (let from = 0; from < keys.length; from += batchSize) {
    const entries = from === 0 ? first : await read(from);
    if (entries.length === 0) continue;
    yield {
      text: separator + entries.map(format.item).join(format.separator),
      written: Math.min(from + batchSize, keys.length),
    };
    separator = format.separator;
  }
  yield { text: format.tail(head), written: keys.length };
}

type HeadInput = { readonly found: FoundKeys; readonly updatedAt: string };

async function toHead(library: Library, format: Format, { found, updatedAt }: HeadInput): Promise<ListHead> {
  const { siteUrl } = library;
  const { query, total, count } = found;
  const pages = Math.max(1, Math.ceil(count / feedEntriesMax));
  const page = (number: number) => `${siteUrl}${hrefOf(feedPath(format.extension), withPage(query, number))}`;
  const filterLabels = formatChips(query, await tagLabels(library, query)).map((chip) => chip.label);
  const whole = withPage(query, 1);
  return {
    title: filterLabels.length === 0 ? 'Paper Digest' : `${toListLabel(filterLabels)} · Paper Digest`,
    description: toCountLabel(total, 'paper'),
    id: tagUri(siteUrl, hrefOf('papers', whole)),
    siteUrl,
    pageUrl: `${siteUrl}${hrefOf(allPapersPath, whole)}`,
    selfUrl: page(query.page),
    updatedAt,
    first: page(1),
    previous: query.page > 1 ? page(Math.min(query.page - 1, pages)) : null,
    next: query.page < pages ? page(query.page + 1) : null,
    last: page(pages),
  };
}

async function tagLabels(library: Library, query: PaperQuery) {
  const labels = await tagLabelsOf(library, query);
  return { tag: (slug: string) => labels.get(slug) };
}
