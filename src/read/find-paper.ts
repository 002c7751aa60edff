/** A paper by whatever name it is asked for. */
import { type ArxivId, parseArxivId } from '#core/arxiv-id.ts';
import { AppError } from '#core/errors.ts';
import type { PaperReader } from '#core/ports/papers.ts';

type Reader = Pick<PaperReader, 'findPaper'>;
type Found = NonNullable<Awaited<ReturnType<PaperReader['findPaper']>>>;

/** An arXiv id with or without its version and its prefix, or with three digits for five. */
export function arxivIdOf(id: string): ArxivId | null {
  return parseArxivId(id) ?? parseArxivId(`arxiv:${id}`);
}

/** By id or alias, and by any form of an arXiv id; null when there is none. */
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
