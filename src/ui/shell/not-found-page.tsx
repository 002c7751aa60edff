/** The page for a missing paper, day or topic, with links to pages that exist. */

import { RawHtml } from '#ui/kit/raw-html.tsx';
import { renderHtml } from '#ui/kit/render-html.tsx';
import { Calendar } from '#ui/list/calendar.tsx';
import type { PeriodView } from '#view/list/paper-list-view.ts';
import { allPapersPath, tagsPath } from '#view/paths.ts';
import { MessagePage } from './message-page.tsx';

/** `nearest` is the period with papers that is closest to the requested one. Null if the store has no papers. */
export function NotFoundPage({ message, nearest }: { readonly message: string; readonly nearest: PeriodView | null }) {
  return (
    <MessagePage title="Not in this digest" message={message}>
      <p>
        The <a href="/">latest day</a>, <a href={allPapersPath}>all papers</a> and <a href={tagsPath}>the topics</a> are
        a step away, and the search box above finds the rest.
      </p>
      {nearest === null ? null : (
        <RawHtml
          tag="section"
          attributes={{ className: 'small' }}
          html={renderHtml(<Calendar calendar={nearest.calendar} />)}
        />
      )}
    </MessagePage>
  );
}
