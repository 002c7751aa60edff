/** Links to the papers before and after this one in its latest listing. */

import { StaticIsland } from '#ui/kit/static-island.tsx';
import { Segments } from '#ui/kit/text-segments.tsx';
import type { PaperView } from '#view/paper/paper-view.ts';

export function PaperNeighbours({ view: { previous, next } }: { readonly view: PaperView }) {
  if (previous === null && next === null) return null;
  return (
    <StaticIsland tag="nav" attributes={{ className: 'neighbours', 'aria-label': 'In the same listing' }}>
      {previous === null ? null : (
        <a href={previous.href} rel="prev" data-key="[">
          <span className="caps">← Before it</span>
          <span>
            <Segments parts={previous.title} />
          </span>
        </a>
      )}
      {next === null ? null : (
        <a className="next" href={next.href} rel="next" data-key="]">
          <span className="caps">After it →</span>
          <span>
            <Segments parts={next.title} />
          </span>
        </a>
      )}
    </StaticIsland>
  );
}
