/** The registry of sources: one line each. */
import type { FileSource } from '#ingest/source';
import { arxivOai } from './arxiv-oai.ts';
import { arxivRss } from './arxiv-rss.ts';
import { arxivSearch } from './arxiv-search.ts';
import { bibtex } from './bibtex.ts';
import { hf } from './hf.ts';
import { ids } from './ids.ts';
import { jsonl } from './jsonl.ts';
import { listing } from './listing.ts';

const fileSources = [listing, jsonl, bibtex];

/** Ways to ask over the network; several of them are one source, arXiv, to the reader. */
export const fetchSources = { hf, arxiv: arxivSearch, 'arxiv-oai': arxivOai, 'arxiv-rss': arxivRss, ids };

/** A source over bytes by its name; throws for a name that is not registered, which is a bug. */
export function findFileSource(name: string): FileSource<unknown, Readonly<Record<string, unknown>>> {
  const source = fileSources.find((one) => one.name === name);
  if (!source) throw new Error(`there is no source “${name}”`);
  return source as unknown as FileSource<unknown, Readonly<Record<string, unknown>>>;
}
