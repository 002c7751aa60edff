/** The papers of a list in order, or the reason why the list is empty. */
import type { ReactNode } from 'react';
import { StaticIsland } from '#ui/kit/static-island.tsx';
import { PaperCard } from '#ui/paper/paper-card.tsx';
import type { PaperListView } from '#view/list/paper-list-view.ts';
import { toNumberLabel } from '#view/text/labels.ts';

export function PaperList({ view }: { readonly view: PaperListView }) {
  const firstPartial = view.papers.findIndex((paper) => paper.partial);
  const isFront = view.period?.kind === 'day' && view.chips.length === 0;
  const card = (paper: PaperListView['papers'][number]) => (
    <PaperCard key={paper.id} paper={paper} withListed={view.period === null} />
  );
  return (
    <StaticIsland
      tag="div"
      attributes={{
        id: 'papers',
        className: isFront ? 'front' : undefined,
        'data-total': view.total,
        'data-partial': view.partial > 0 ? view.partial : undefined,
      }}
    >
      {view.papers.length === 0 ? <EmptyList view={view} /> : null}
      {(firstPartial === -1 ? view.papers : view.papers.slice(0, firstPartial)).map(card)}
      {firstPartial === -1 ? null : (
        <>
          <p className="partial-rule caps">Partial matches</p>
          <p className="small">
            Not every word you asked for is in{' '}
            {view.partial === 1 ? 'this paper' : `these ${toNumberLabel(view.partial)} papers`}.
          </p>
          {view.papers.slice(firstPartial).map(card)}
        </>
      )}
    </StaticIsland>
  );
}

function EmptyList({ view }: { readonly view: PaperListView }) {
  return <div className="empty prose">{view.storeIsEmpty ? <EmptyStore /> : emptyReason(view)}</div>;
}

function EmptyStore() {
  return (
    <>
      <p>This digest has no papers yet. Save a page of daily papers as text, then feed it in:</p>
      <pre>
        <code>npm run ingest -- listing FILE</code>
      </pre>
      <p>Reload this page afterwards.</p>
    </>
  );
}

function emptyReason({ period, clearHref, chips }: PaperListView): ReactNode {
  if (chips.length > 0 && clearHref !== null) {
    return (
      <p>
        No paper passes all of these filters. Remove one above, or <a href={clearHref}>clear them all</a>.
      </p>
    );
  }
  return <p>{period?.emptyReason ?? 'There is no paper here.'}</p>;
}
