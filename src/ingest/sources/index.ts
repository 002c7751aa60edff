/** The registry of sources. */
import type { FetchSource } from '#ingest/fetch-source.ts';
import type { FileSource } from '#ingest/source.ts';
import { arxivLatest } from './arxiv/arxiv-latest.ts';
import { arxivOai } from './arxiv/arxiv-oai.ts';
import { arxivRss } from './arxiv/arxiv-rss.ts';
import { arxivSearch } from './arxiv/arxiv-search.ts';
import { bibtex } from './bibtex/bibtex.ts';
import { hf } from './hf/hf.ts';
import { ids } from './ids/ids.ts';
import { jsonl } from './jsonl/jsonl.ts';
import { listing } from './listing/listing.ts';

const fileSources = [listing, jsonl, bibtex];

/** Network sources by name. Pages show those that fetch from arXiv as one source. */
const fetchSources: ReadonlyMap<string, unknown> = new Map(
  Object.entries({
    hf,
    arxiv: arxivSearch,
    'arxiv-latest': arxivLatest,
    'arxiv-oai': arxivOai,
    'arxiv-rss': arxivRss,
    ids,
  }),
);

type Options = Readonly<Record<string, unknown>>;

/** Returns a file source. Throws if the name is not registered, which is a bug. */
export function findFileSource(name: string): FileSource<Options> {
  const source = fileSources.find((each) => each.name === name);
  if (!source) throw new Error(`there is no source “${name}”`);
  return source as unknown as FileSource<Options>;
}

/** Returns a network source. Throws if the name is not registered, which is a bug. */
export function findFetchSource(name: string): FetchSource<Options> {
  const source = fetchSources.get(name);
  if (!source) throw new Error(`there is no source “${name}”`);
  return source as FetchSource<Options>;
}
