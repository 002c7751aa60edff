/** The page of one paper. */
import type { PaperView } from '#serve/view/paper-view';
import { CopyButton } from './copy-button.tsx';
import { DayTime } from './day-time.tsx';
import { Authors, Facts } from './facts.tsx';
import { PageHead } from './page-head.tsx';
import { PaperCitationTags } from './paper-citation-tags.tsx';
import { PaperLinks } from './paper-links.tsx';
import { PaperMarks } from './paper-marks.tsx';
import { PaperSources } from './paper-sources.tsx';
import { RelatedPapers } from './related-papers.tsx';
import { Segments } from './segments.tsx';

/** Author lists of hundreds are folded after these. */
const namesShown = 30;

export function PaperPage({ view }: { readonly view: PaperView }) {
  return (
    <main id="content" className="page">
      <PageHead title={view.titleText} description={plainAbstract(view).slice(0, 300) || view.titleText} />
      <PaperCitationTags view={view} />
      <article className="paper" data-paper={view.id}>
        <h1>
          <Segments parts={view.title} />
        </h1>
        <Byline view={view} />
        <Facts paper={view} withAuthors={false} withListed />
        <div className="actions small">
          <PaperLinks links={view.links} />
          <a href="#cite">Cite</a>
          <PaperMarks id={view.id} />
        </div>
        {view.abstract.length === 0 ? null : (
          <p className="whole-abstract">
            <Segments parts={view.abstract} />
          </p>
        )}
        {view.comment === null ? null : <p className="author-comment">The authors add: {view.comment}</p>}
        <Topics view={view} />
        <section id="cite">
          <h2 className="caps">Cite</h2>
          <pre className="bibtex">{view.bibtex}</pre>
          <CopyButton text={view.bibtex} what="BibTeX" />
        </section>
        <RelatedPapers related={view.related} />
        <PaperSources view={view} />
      </article>
      <Neighbours view={view} />
    </main>
  );
}

function plainAbstract(view: PaperView): string {
  return view.abstract.map((part) => part.text).join('');
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
          <summary className="small">{rest.length} more authors</summary>
          <p>
            <Authors names={rest} rest="" />
          </p>
        </details>
      )}
    </div>
  );
}

function Topics({ view }: { readonly view: PaperView }) {
  if (view.allTags.length === 0) return null;
  return (
    <section>
      <h2 className="caps">Topics</h2>
      <dl className="topics">
        {view.allTags.map((tag) => (
          <div key={tag.slug}>
            <dt>
              <a href={tag.href}>{tag.label}</a>
            </dt>
            <dd className="small">{tag.title === '' ? tag.kind : tag.title}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Neighbours({ view }: { readonly view: PaperView }) {
  const { previous, next, listed } = view;
  if (previous === null && next === null) return null;
  return (
    <nav className="neighbours" aria-label={listed ? `Listed on ${listed.label}` : 'Listed beside it'}>
      {previous === null ? null : (
        <a className="previous" href={previous.href} rel="prev" data-key="[">
          <span className="caps">← {previous.label}</span>
          <br />
          <Segments parts={previous.title} />
        </a>
      )}
      {next === null ? null : (
        <a className="next" href={next.href} rel="next" data-key="]">
          <span className="caps">{next.label} →</span>
          <br />
          <Segments parts={next.title} />
        </a>
      )}
      {listed === null ? null : (
        <p className="small whole">
          All papers of <DayTime date={listed} href={listed.href} />
        </p>
      )}
    </nav>
  );
}
