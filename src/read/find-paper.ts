/** Finds a paper by its id, an alias or any form of its arXiv id. */
import { type ArxivId, parseArxivId } from '#core/arxiv-id.ts';
import { AppError } from '#core/errors.ts';
import type { PaperReader } from '#core/ports/papers.ts';

type Reader = Pick<PaperReader, 'findPaper'>;
type Found = NonNullable<Awaited<ReturnType<PaperReader['findPaper']>>>;

/** Accepts an arXiv id with or without version and prefix, or with three digits for five. */
export function arxivIdOf(id: string): ArxivId | null {
  return parseArxivId(id) ?? parseArxivId(`arxiv:${id}`);
}

/** Returns null if no paper has the id. */
export async function findPaper(reader: Reader, id: string): Promise<Found | null> {
  const arxivId = arxivIdOf(id);
  return (await reader.findPaper(id)) ?? (arxivId && arxivId.id !== id ? await reader.findPaper(arxivId.id) : null);
}

/** Throws `not_found`. */
export async function getPaper(reader: Reader, id: string): Promise<Found> {
  const found = await findPaper(reader, id);
  if (!found) throw new AppError('not_found', `There is no paper “${id}” here.`);
  return found;
}
