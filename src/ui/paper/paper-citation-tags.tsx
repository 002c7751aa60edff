/** Metadata in a paper page's head for reference managers, search engines and link previews. */
import type { CitationView } from '#view/paper/citation-view.ts';
import type { PaperView } from '#view/paper/paper-view.ts';

type Props = { readonly view: PaperView; readonly citation: CitationView };

export function PaperCitationTags({ view, citation: { url, imageUrl, tags, jsonLd } }: Props) {
  return (
    <>
      {tags.map(({ name, content }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a paper may have two authors of one name
        <meta key={`${name} ${index}`} name={name} content={content} />
      ))}
      <meta property="og:type" content="article" />
      <meta property="og:url" content={url} />
      <meta property="og:image" content={imageUrl} />
      <meta property="og:image:width" content="1200" />
      <meta property="og:image:height" content="630" />
      <meta property="og:image:alt" content={view.titleText} />
      <meta name="twitter:card" content="summary_large_image" />
      <link rel="canonical" href={url} />
      <link rel="alternate" type="text/markdown" href={`${view.href}.md`} />
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: JSON data in which `<` is escaped */}
      <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: jsonLd }} />
    </>
  );
}
