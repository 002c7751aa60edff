/** The read flow into feeds and exports: address → query → hits → papers, batch by batch → text. */

import { refuseErrors } from '#api/v1/list-papers.ts';
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
/** So few that what is read of them is dropped before the garbage collector takes it for something that stays. */
const batchSize = 50;
/** More papers than any store has: an export is found in one search, so that an ingest meanwhile makes it neither repeat nor miss. */
const everything = 2 ** 31 - 1;

export type Feed = {
  readonly format: Format;
  /** The entity tag of an export at the store's present revision. */
  readonly etag: string;
  readonly problems: readonly QueryProblem[];
  /** Searches. The tag is that of the revision the answer is of: the search may be a moment behind the store. */
  render(): Promise<RenderedFeed>;
};

export type RenderedFeed = {
  readonly etag: string;
  readonly total: number;
  /** The document's text in order; `written` counts the papers in it so far. */
  readonly parts: AsyncIterable<Part> | Iterable<Part>;
};

type Part = { readonly text: string; readonly written: number };

/** Throws `not_found` for an unknown format, and `bad_request` naming a parameter that is unknown or malformed. */
export async function openFeed(library: Library, extension: string, params: URLSearchParams): Promise<Feed> {
  const format = findFormat(extension);
  if (!format) throw new AppError('not_found', `There is no list of papers as “${extension.slice(0, 40)}”.`);
  const revision = await library.reader.revision(); // before the search: old bytes must never carry a new tag
  const { query: asked, problems } = parsePaperQuery(params);
  refuseErrors(problems);
  const query = format.kind === 'feed' ? asked : withPage(asked, 1); // an export has all pages
  const etagAt = (at: number) => etagOf(library, at, format.extension, formatPaperQuery(query).toString());
  const etag = etagAt(revision);
  return {
    format,
    problems,
    etag,
    async render() {
      const limit = format.kind === 'feed' ? feedEntriesMax : everything;
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
      // A feed is small: what goes wrong in it is said with a status, and not in the middle of the document.
      return { ...rendered, parts: format.kind === 'feed' ? await Array.fromAsync(parts) : parts };
    },
  };
}

/** What is held of a whole export while it is written. */
type FoundKeys = {
  readonly query: PaperQuery;
  readonly keys: readonly PaperKey[];
  readonly total: number;
  /** With those that match some of the words only. */
  readonly count: number;
};

/** Reads and writes one batch at a time. */
async function* renderParts(library: Library, format: Format, found: FoundKeys): AsyncGenerator<Part> {
  const { keys } = found;
  const keyFor = format.hasCitationKeys ? createBibtexKeys() : () => '';
  const read = async (from: number): Promise<Entry[]> => {
    const wanted = keys.slice(from, from + batchSize).map((key) => ({ key }));
    return (await withPapers(library.reader, wanted)).map(({ paper }) =>
      toEntry(paper, library.siteUrl, keyFor(paper)),
    );
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

type HeadFacts = { readonly found: FoundKeys; readonly updatedAt: string };

async function toHead(library: Library, format: Format, { found, updatedAt }: HeadFacts): Promise<ListHead> {
  const { siteUrl } = library;
  const { query, total, count } = found;
  const pages = Math.max(1, Math.ceil(count / feedEntriesMax));
  const page = (number: number) => `${siteUrl}${hrefOf(feedPath(format.extension), withPage(query, number))}`;
  const wanted = formatChips(query, await tagLabels(library, query)).map((chip) => chip.label);
  const whole = withPage(query, 1);
  return {
    title: wanted.length === 0 ? 'Paper Digest' : `${toListLabel(wanted)} · Paper Digest`,
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
