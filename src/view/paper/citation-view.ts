/** Metadata in a paper's page, for reference managers, search engines and link previews. */
import type { Paper } from '#core/paper.ts';
import { toFamilyFirst } from '#formats/shared/author-name.ts';
import { doiOf, linkUrl, originUrl, pdfUrl } from '#formats/shared/paper-urls.ts';
import { imagePath, paperPath } from '#view/paths.ts';
import { toReadableText } from '#view/text/readable-text.ts';

export type CitationView = {
  /** Absolute address of the paper's page. */
  readonly url: string;
  readonly imageUrl: string;
  /** `citation_*` meta tags like those of arxiv.org, in order. */
  readonly tags: readonly { readonly name: string; readonly content: string }[];
  /** A schema.org ScholarlyArticle as JSON, escaped for a script element. */
  readonly jsonLd: string;
};

export function toCitationView(paper: Paper, siteUrl: string): CitationView {
  const url = `${siteUrl}${paperPath(paper.id)}`;
  const imageUrl = `${siteUrl}${imagePath(paper.id)}`;
  return { url, imageUrl, tags: toTags(paper, url), jsonLd: toJsonLd(paper, url, imageUrl) };
}

function toTags(paper: Paper, url: string): CitationView['tags'] {
  const date = paper.publishedOn?.replaceAll('-', '/') ?? null;
  const tags: readonly (readonly [string, string | null])[] = [
    ['citation_title', toReadableText(paper.title)],
    ...paper.authors.map((name) => ['citation_author', toFamilyFirst(name)] as const),
    ['citation_doi', doiOf(paper)],
    ['citation_date', date],
    ['citation_online_date', date],
    ['citation_publisher', paper.arxivId && 'arXiv'],
    ['citation_pdf_url', pdfUrl(paper)],
    ['citation_public_url', originUrl(paper) ?? url],
    ['citation_arxiv_id', paper.arxivId],
    ['citation_abstract', toReadableText(paper.abstract)],
    ['citation_keywords', keywordsOf(paper).join('; ')],
    // Zotero's default is a journal article.
    ['z:itemType', 'preprint'],
  ];
  return tags.flatMap(([name, content]) => (content ? [{ name, content }] : []));
}

function toJsonLd(paper: Paper, url: string, imageUrl: string): string {
  const title = toReadableText(paper.title);
  const sameAs = [originUrl(paper), linkUrl(paper, 'doi')].filter((address) => address !== null);
  const value = {
    '@context': 'https://schema.org',
    '@type': 'ScholarlyArticle',
    '@id': url,
    headline: title,
    name: title,
    url,
    image: imageUrl,
    author: paper.authors.map((name) => ({ '@type': 'Person', name: toReadableText(name) })),
    ...(paper.publishedOn && { datePublished: paper.publishedOn }),
    ...(paper.abstract && { abstract: toReadableText(paper.abstract) }),
    ...(paper.arxivId && { identifier: `arXiv:${paper.arxivId}` }),
    ...(paper.organization && { sourceOrganization: { '@type': 'Organization', name: paper.organization } }),
    keywords: keywordsOf(paper),
    sameAs,
  };
  // Only `<` can end a script element.
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

/** Returns the paper as a COinS (an OpenURL context object in a span), which reference managers can save. */
export function toCoins(paper: Paper): string {
  const fields: readonly (readonly [string, string | null])[] = [
    ['ctx_ver', 'Z39.88-2004'],
    ['rft_val_fmt', 'info:ofi/fmt:kev:mtx:dc'],
    ['rft.type', 'preprint'],
    ['rft.title', toReadableText(paper.title)],
    ...paper.authors.map((name) => ['rft.creator', toReadableText(name)] as const),
    ['rft.date', paper.publishedOn],
    ['rft.identifier', originUrl(paper)],
  ];
  return new URLSearchParams(
    fields.flatMap(([name, value]) => (value ? [[name, value.toWellFormed()]] : [])),
  ).toString();
}

function keywordsOf({ tags }: Paper): string[] {
  return tags.map(({ label }) => toReadableText(label));
}
