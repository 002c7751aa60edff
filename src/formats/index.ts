/** The formats of lists, in the order of the links on pages. */

import { atom } from './atom.ts';
import { bibtex } from './bibtex.ts';
import { cslJson } from './csl-json.ts';
import { csv } from './csv.ts';
import { jsonFeed } from './json-feed.ts';
import { jsonl } from './jsonl.ts';
import { markdown } from './markdown.ts';
import { ris } from './ris.ts';
import { rss } from './rss.ts';
import type { Format } from './shared/format.ts';

export const formats: readonly Format[] = [atom, rss, jsonFeed, bibtex, ris, cslJson, csv, markdown, jsonl];

export function findFormat(extension: string): Format | null {
  return formats.find((format) => format.extension === extension) ?? null;
}
