/** Files at well-known addresses: robots.txt, llms.txt, the OpenSearch description and security.txt. */
import { addDays, type Day } from '#core/day.ts';
import { escapeXml } from '#formats/shared/xml.ts';
import { allPapersPath, feedPath } from '#view/paths.ts';

/** Excludes filtered lists: their number is unlimited and they contain no other papers. */
export function renderRobots(siteUrl: string): string {
  return `User-agent: *
Disallow: /library
Disallow: /subscription
Disallow: /*?
Allow: /*?page=
Allow: /

Sitemap: ${siteUrl}/sitemap.xml
`;
}

/** OpenSearch 1.1, for a browser's search box and address bar. */
export function renderOpenSearch(siteUrl: string): string {
  const url = (type: string, path: string, rel = 'results') =>
    `  <Url type="${type}" rel="${rel}" template="${escapeXml(siteUrl)}${path}?q={searchTerms}"/>\n`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
  <ShortName>Paper Digest</ShortName>
  <Description>Research papers, day by day: words, authors, topics and dates.</Description>
  <InputEncoding>UTF-8</InputEncoding>
  <Image width="16" height="16" type="image/svg+xml">${escapeXml(siteUrl)}/favicon.svg</Image>
${url('text/html', allPapersPath)}${url('application/atom+xml', feedPath('atom'))}${url('application/x-suggestions+json', '/api/v1/suggest/opensearch', 'suggestions')}</OpenSearchDescription>
`;
}

/** An llms.txt (llmstxt.org): how an agent can use the site. */
export function renderLlms(siteUrl: string): string {
  return `# Paper Digest

> A daily digest of research papers: listings of the day, search over everything, topics, feeds and an API. Every page is public.

- A paper's page is \`/papers/{arXiv id}\`; with \`.md\` behind it, or asked for with \`Accept: text/markdown\`, it is Markdown.
- A day is \`/papers/date/2025-12-16\`, a week \`/papers/week/2025-W51\`, a month \`/papers/month/2025-12\`.
- The query of \`/papers?q=\` knows \`"a phrase"\`, \`-word\`, \`a OR b\`, \`prefix*\`, \`author:\`, \`title:\`, \`tag:\`, \`authors:2..5\`, \`published:2024\`, \`listed:2025-12\`, \`has:code\`, \`sort:new\`.

## Programs

- [API](${siteUrl}/api): every address with its parameters
- [OpenAPI](${siteUrl}/api/openapi.json): the same for programs
- [Papers as JSON](${siteUrl}/api/v1/papers?limit=5): takes the parameters of \`/papers\`, and \`limit\` and \`cursor\`
- [Hugging Face papers API](${siteUrl}/api/daily_papers?limit=5): for its own clients, by \`HF_ENDPOINT=${siteUrl}\`
- MCP: ${siteUrl}/mcp (Streamable HTTP): search_papers, get_paper, list_day, related_papers, cite

## Lists

- [The latest day](${siteUrl}/)
- [Every paper](${siteUrl}${allPapersPath})
- [Topics](${siteUrl}/tags)

## Optional

- [Atom](${siteUrl}${feedPath('atom')}), [BibTeX](${siteUrl}${feedPath('bib')}), [JSON lines](${siteUrl}${feedPath('jsonl')}): any list, with its parameters
- [Topics as OPML](${siteUrl}/feeds/topics.opml)
- [Sitemap](${siteUrl}/sitemap.xml)
`;
}

/** A security.txt. RFC 9116 requires an expiry date. */
export function renderSecurity({
  siteUrl,
  contactUrl,
  today,
}: {
  readonly siteUrl: string;
  readonly contactUrl: string;
  readonly today: Day;
}): string {
  return `Contact: ${contactUrl}
Expires: ${addDays(today, 364)}T00:00:00.000Z
Preferred-Languages: en
Canonical: ${siteUrl}/.well-known/security.txt
`;
}
