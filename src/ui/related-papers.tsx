/** Papers near this one, each with the reason. Not `data-paper-id` articles: they are no list of the reader's asking. */
import type { RelatedView } from '#serve/view/paper-view';
import { DayTime } from './day-time.tsx';
import { Segments } from './segments.tsx';

export function RelatedPapers({ related }: { readonly related: readonly RelatedView[] }) {
  if (related.length === 0) return null;
  return (
    <section>
      <h2 className="caps">Related papers</h2>
      <ul className="related">
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
      </ul>
    </section>
  );
}
