/** Fetches JSON for client components: palette entries, papers by id, search suggestions and addresses of lists. */
import type { PaletteEntry } from '#view/palette.ts';
import { buildPath, paperPath } from '#view/paths.ts';
import { isRecord } from './browser-storage.ts';

const paletteKinds = ['page', 'paper', 'topic', 'author'] as const satisfies readonly PaletteEntry['kind'][];

export type LibraryPaper = {
  readonly id: string;
  /** Contains TeX. */
  readonly title: string;
  /** Names of up to three authors, or their number. Empty if unknown. */
  readonly authors: string;
  /** A day or a year. Empty if unknown. */
  readonly published: string;
};

/** A completion of the search text. `text` is the whole new text and `caret` the caret's position in it. */
export type Suggestion = {
  readonly kind: 'qualifier' | 'value' | 'tag' | 'author';
  readonly label: string;
  /** Number of matching papers. */
  readonly count: number | null;
  readonly text: string;
  readonly caret: number;
};

const suggestionKinds = ['qualifier', 'value', 'tag', 'author'] as const satisfies readonly Suggestion['kind'][];

const timeLimitMs = 10_000;

export async function fetchPalette(): Promise<readonly PaletteEntry[]> {
  const json = await getJson('/api/v1/palette');
  return isRecord(json) && Array.isArray(json.entries) ? json.entries.flatMap(toPaletteEntry) : [];
}

/** Returns null if the digest does not have the paper. */
export async function fetchPaper(id: string): Promise<LibraryPaper | null> {
  const json = await getJson(`/api/v1${paperPath(id)}`);
  return json === null ? null : toLibraryPaper(json);
}

/** `caret` is the caret's position in `text`. */
export async function fetchSuggestions(
  text: string,
  caret: number,
  signal: AbortSignal,
): Promise<readonly Suggestion[]> {
  const json = await getJson(`/api/v1/suggest?${new URLSearchParams({ q: text, at: String(caret) })}`, signal);
  return isRecord(json) && Array.isArray(json.suggestions) ? json.suggestions.flatMap(toSuggestion) : [];
}

/** Returns the address of the list for the form's fields. */
export async function fetchBuiltHref(fields: URLSearchParams, signal: AbortSignal): Promise<string | null> {
  const json = await getJson(`${buildPath}?${fields}`, signal);
  return isRecord(json) && typeof json.href === 'string' && isSameSite(json.href) ? json.href : null;
}

function toSuggestion(value: unknown): Suggestion[] {
  if (!isRecord(value)) return [];
  const { label, count, text, caret } = value;
  const kind = suggestionKinds.find((known) => known === value.kind);
  if (!kind || typeof label !== 'string' || typeof text !== 'string' || typeof caret !== 'number') return [];
  return [{ kind, label, count: typeof count === 'number' ? count : null, text, caret }];
}

/** Accepts only paths, so that a link cannot leave this site. */
function isSameSite(href: string): boolean {
  return /^\/(?!\/)/.test(href);
}

function toPaletteEntry(value: unknown): PaletteEntry[] {
  if (!isRecord(value)) return [];
  const { label, href } = value;
  const kind = paletteKinds.find((known) => known === value.kind);
  return kind && typeof label === 'string' && typeof href === 'string' && isSameSite(href)
    ? [{ kind, label, href }]
    : [];
}

function toLibraryPaper(paper: unknown): LibraryPaper | null {
  if (!isRecord(paper) || typeof paper.id !== 'string' || typeof paper.title !== 'string') return null;
  const authors = Array.isArray(paper.authors) ? paper.authors.filter((name) => typeof name === 'string') : [];
  const count =
    typeof paper.authorCount === 'number'
      ? paper.authorCount === 1
        ? '1 author'
        : `${paper.authorCount} authors`
      : '';
  const by =
    authors.length === 0
      ? count
      : authors.length <= 3
        ? authors.join(', ')
        : `${authors[0]} and ${authors.length - 1} more`;
  return {
    id: paper.id,
    title: paper.title,
    authors: by,
    published: typeof paper.publishedOn === 'string' ? paper.publishedOn : '',
  };
}

/** Returns null for 404. Throws for any other error status. */
async function getJson(path: string, signal?: AbortSignal): Promise<unknown> {
  const signals = [AbortSignal.timeout(timeLimitMs), ...(signal ? [signal] : [])];
  const response = await fetch(path, { headers: { accept: 'application/json' }, signal: AbortSignal.any(signals) });
  if (response.status === 404) return null;
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return response.json();
}
