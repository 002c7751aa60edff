/** External addresses of a paper, for citations. */
import type { Link, Paper } from '#core/paper.ts';

/** Returns the arXiv page if the paper has an arXiv id, else the most useful link of its sources. */
export function originUrl({ arxivId, links }: Paper): string | null {
  if (arxivId !== null) return `https://arxiv.org/abs/${arxivId}`;
  return firstOf(links, ['source', 'doi', 'project', 'pdf', 'code']);
}

export function pdfUrl({ arxivId, links }: Paper): string | null {
  return firstOf(links, ['pdf']) ?? (arxivId === null ? null : `https://arxiv.org/pdf/${arxivId}`);
}

export function linkUrl({ links }: Paper, kind: Link['kind']): string | null {
  return firstOf(links, [kind]);
}

/** `10.1000/182`, without `https://doi.org/`. */
export function doiOf(paper: Paper): string | null {
  return linkUrl(paper, 'doi')?.replace(/^https?:\/\/(?:dx\.)?doi\.org\//, '') ?? null;
}

function firstOf(links: readonly Link[], kinds: readonly Link['kind'][]): string | null {
  for (const kind of kinds) {
    const url = links.find((link) => link.kind === kind)?.url;
    if (url !== undefined) return url;
  }
  return null;
}
