/** One paper in a list: title, facts, an abstract that expands from three lines, topics and actions. */

import { Segments } from '#ui/kit/text-segments.tsx';
import type { PaperCardView } from '#view/paper/paper-view.ts';
import { Facts } from './facts.tsx';
import { PaperFlags, UnhideButton } from './paper-flags.tsx';
import { PaperLinks } from './paper-links.tsx';
import { PaperTags } from './paper-tags.tsx';

/** A shorter abstract (in characters) fits three lines of the narrowest screen, so it gets no disclosure. */
const collapsedCharsMin = 110;

export function PaperCard({ paper, withListed }: { readonly paper: PaperCardView; readonly withListed: boolean }) {
  const abstractChars = paper.abstract.reduce((sum, part) => sum + part.text.length, 0);
  return (
    <article className="card" data-paper-id={paper.id}>
      <h2 className="card-title">
        <a href={paper.href}>
          <Segments parts={paper.title} />
        </a>
      </h2>
      {paper.coins === undefined ? null : <span className="Z3988" title={paper.coins} hidden />}
      <UnhideButton />
      <div className="card-body">
        <Facts paper={paper} withAuthors withListed={withListed} />
        {paper.why === null ? null : <p className="why small">{paper.why}</p>}
        {abstractChars === 0 ? null : (
          <p className="abstract">
            <Segments parts={paper.abstract} />
          </p>
        )}
        <PaperTags tags={paper.tags} />
        <div className="actions small">
          {abstractChars < collapsedCharsMin ? null : (
            <details className="unfold">
              <summary>
                <span className="more">More</span>
                <span className="less">Less</span>
              </summary>
            </details>
          )}
          <PaperLinks links={paper.links} />
          <a href={`${paper.href}#cite`}>Cite</a>
          <PaperFlags />
        </div>
      </div>
    </article>
  );
}
