/** The page of one paper: title, abstract, citation, related papers, and a sidebar with topics, links and sources. */

import { CopyButton } from '#ui/kit/copy-button.tsx';
import { StaticIsland } from '#ui/kit/static-island.tsx';
import { Segments } from '#ui/kit/text-segments.tsx';
import { PageHead } from '#ui/shell/page-head.tsx';
import type { CitationView } from '#view/paper/citation-view.ts';
import type { PaperView } from '#view/paper/paper-view.ts';
import { Authors, Facts } from './facts.tsx';
import { PaperCitationTags } from './paper-citation-tags.tsx';
import { PaperFlags } from './paper-flags.tsx';
import { PaperLinks } from './paper-links.tsx';
import { PaperNeighbours } from './paper-neighbours.tsx';
import { PaperSidebar } from './paper-sidebar.tsx';
import { RelatedPapers } from './related-papers.tsx';

/** A disclosure contains the other authors: some papers have hundreds. */
const namesShown = 30;
const descriptionCharsMax = 300;

export function PaperPage({ view, citation }: { readonly view: PaperView; readonly citation: CitationView }) {
  const abstract = view.abstract.map((part) => part.text).join('');
  return (
    <main id="content" className="page">
      <PageHead title={view.titleText} description={abstract.slice(0, descriptionCharsMax) || view.titleText} />
      <PaperCitationTags view={view} citation={citation} />
      <article className="paper" data-paper={view.id}>
        <header className="paper-head">
          <StaticIsland tag="h1" attributes={{}}>
            <Segments parts={view.title} />
          </StaticIsland>
          <Byline view={view} />
          <Facts paper={view} withAuthors={false} withListed />
          <div className="actions small">
            <PaperLinks links={view.links} />
            <a href="#cite">Cite</a>
            <PaperFlags />
          </div>
        </header>
        <div className="paper-body">
          {abstract === '' ? null : (
            <StaticIsland tag="p" attributes={{}}>
              <Segments parts={view.abstract} />
            </StaticIsland>
          )}
          {view.comment === null ? null : <p className="author-comment">The authors add: {view.comment}</p>}
        </div>
        <PaperSidebar view={view} />
        <div className="paper-more">
          <section id="cite">
            <h2 className="caps">Cite</h2>
            <pre className="bibtex">{view.bibtex}</pre>
            <CopyButton text={view.bibtex} textName="BibTeX" />
          </section>
          <RelatedPapers related={view.related} sorts={view.relatedSorts} />
        </div>
      </article>
      <PaperNeighbours view={view} />
    </main>
  );
}

function Byline({ view }: { readonly view: PaperView }) {
  const { allAuthors, authorsLabel } = view;
  if (allAuthors.length === 0) return authorsLabel === '' ? null : <p className="byline">{authorsLabel}</p>;
  const rest = allAuthors.slice(namesShown);
  return (
    <div className="byline">
      <p>
        <Authors names={allAuthors.slice(0, namesShown)} rest="" />
      </p>
      {rest.length === 0 ? null : (
        <details>
          <summary className="small">and {rest.length} more</summary>
          <p>
            <Authors names={rest} rest="" />
          </p>
        </details>
      )}
    </div>
  );
}
