/** The tags from which reference managers read a paper, as arxiv.org writes them. */
import type { PaperView } from '#serve/view/paper-view';

export function PaperCitationTags({ view }: { readonly view: PaperView }) {
  return (
    <>
      <meta name="citation_title" content={view.titleText} />
      {view.allAuthors.map((author, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a paper may have two authors of one name
        <meta key={`${author.href} ${index}`} name="citation_author" content={author.label} />
      ))}
      {view.published === null ? null : <meta name="citation_date" content={view.published.datetime.replaceAll('-', '/')} />}
      {view.links.pdf === null ? null : <meta name="citation_pdf_url" content={view.links.pdf} />}
    </>
  );
}
