/** Related papers with reasons. They have no `data-paper-id`, because they are not results of the reader's query. */

import { DayTime } from '#ui/kit/day-time.tsx';
import { StaticIsland } from '#ui/kit/static-island.tsx';
import { Segments } from '#ui/kit/text-segments.tsx';
import { SortMenu } from '#ui/list/sort-menu.tsx';
import type { PaperView } from '#view/paper/paper-view.ts';

type Props = { readonly related: PaperView['related']; readonly sorts: PaperView['relatedSorts'] };

export function RelatedPapers({ related, sorts }: Props) {
  if (related.length === 0) return null;
  return (
    <section id="related">
      <div className="related-head">
        <h2 className="caps">Related papers</h2>
        {related.length > 1 ? <SortMenu sorts={sorts} /> : null}
      </div>
      <StaticIsland tag="ul" attributes={{ className: 'related' }}>
        {related.map((paper) => (
          <li key={paper.href}>
            <a href={paper.href}>
              <Segments parts={paper.title} />
            </a>
            <p className="facts small">
              {paper.published ? (
                <>
                  <DayTime date={paper.published} /> ·{' '}
                </>
              ) : null}
              {paper.reason}
            </p>
          </li>
        ))}
      </StaticIsland>
    </section>
  );
}
