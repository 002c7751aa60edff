/** What the islands ask of the server: the palette's entries and papers by id. */
import type { PaletteEntry } from '#serve/view/palette';
import { paperPath } from '#serve/view/paths';
import { isRecord } from './browser-storage.ts';

const paletteKinds = ['page', 'paper', 'topic', 'author'] as const satisfies readonly PaletteEntry['kind'][];

export type LibraryPaper = {
  readonly id: string;
  /** With its TeX. */
  readonly title: string;
  /** A few names, or how many they are; empty when nothing is known. */
  readonly authors: string;
  /** A day or a year, empty when unknown. */
  readonly published: string;
};

const timeLimitMs = 10_000;

export async function fetchPalette(): Promise<readonly PaletteEntry[]> {
  const json = await getJson('/api/v1/palette');
  return isRecord(json) && Array.isArray(json.entries) ? json.entries.flatMap(toPaletteEntry) : [];
}

/** Null when the digest does not have the paper (any more). */
export async function fetchPaper(id: string): Promise<LibraryPaper | null> {
  const json = await getJson(`/api/v1${paperPath(id)}`);
  return json === null ? null : toLibraryPaper(json);
}

function toPaletteEntry(value: unknown): PaletteEntry[] {
  if (!isRecord(value)) return [];
  const { label, href } = value;
  const kind = paletteKinds.find((known) => known === value.kind);
  // An address of this site only: an entry must not lead elsewhere.
  return kind && typeof label === 'string' && typeof href === 'string' && /^\/(?!\/)/.test(href) ? [{ kind, label, href }] : [];
}

function toLibraryPaper(paper: unknown): LibraryPaper | null {
  if (!isRecord(paper) || typeof paper.id !== 'string' || typeof paper.title !== 'string') return null;
  const authors = Array.isArray(paper.authors) ? paper.authors.filter((name) => typeof name === 'string') : [];
  const count = typeof paper.authorCount === 'number' ? (paper.authorCount === 1 ? '1 author' : `${paper.authorCount} authors`) : '';
  const by = authors.length === 0 ? count : authors.length <= 3 ? authors.join(', ') : `${authors[0]} and ${authors.length - 1} more`;
  return { id: paper.id, title: paper.title, authors: by, published: typeof paper.publishedOn === 'string' ? paper.publishedOn : '' };
}

/** Null for what is not there; any other failure throws. */
async function getJson(path: string): Promise<unknown> {
  const response = await fetch(path, { headers: { accept: 'application/json' }, signal: AbortSignal.timeout(timeLimitMs) });
  if (response.status === 404) return null;
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return response.json();
}
