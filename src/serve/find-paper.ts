/** A paper by whatever name it is asked for. */
import { parseArxivId } from '#core/arxiv-id';
import type { PaperReader } from '#core/ports';

/** By id or alias; an arXiv id also with its version, its prefix, or with three digits for five. */
export async function findPaper({ findPaper: find }: Pick<PaperReader, 'findPaper'>, id: string): ReturnType<PaperReader['findPaper']> {
  const arxivId = parseArxivId(id) ?? parseArxivId(`arxiv:${id}`);
  return (await find(id)) ?? (arxivId && arxivId.id !== id ? await find(arxivId.id) : null);
}
