/** The registry of sources: one line each. */
import type { FileSource } from '#ingest/source';
import { jsonl } from './jsonl.ts';
import { listing } from './listing.ts';

const fileSources = [listing, jsonl];

/** A source over bytes by its name; throws for a name that is not registered, which is a bug. */
export function findFileSource(name: string): FileSource<unknown, Readonly<Record<string, unknown>>> {
  const source = fileSources.find((one) => one.name === name);
  if (!source) throw new Error(`there is no source “${name}”`);
  return source as unknown as FileSource<unknown, Readonly<Record<string, unknown>>>;
}
