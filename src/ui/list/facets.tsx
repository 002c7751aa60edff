/** Shows the calendar, the facets and the filter form beside a list, or in a disclosure on phones. */

import { StaticIsland } from '#ui/kit/static-island.tsx';
import type { BarView, FacetsView, FacetTopicView, PaperListView } from '#view/list/paper-list-view.ts';
import { toCountLabel, toNumberLabel } from '#view/text/labels.ts';
import { Calendar } from './calendar.tsx';
import { FilterForm } from './filter-form.tsx';
import { Histogram } from './histogram.tsx';

/** A disclosure contains the other topics. */
const topicsShown = 12;

export function Sidebar({ view }: { readonly view: PaperListView }) {
  const { facets, period } = view;
  if (facets === null && period === null) return null;
  return (
    <StaticIsland tag="aside" attributes={{ className: 'beside', 'aria-label': 'Calendar and filters' }}>
      <details className="fold">
        <summary className="caps">{period === null ? 'Filters' : 'Calendar and filters'}</summary>
      </details>
      <div className="panel small">
        {period === null ? null : (
          <section>
            <Calendar calendar={period.calendar} />
          </section>
        )}
        {facets === null ? null : <Facets facets={facets} />}
        <section>
          <h2 className="caps">Filter</h2>
          <FilterForm form={view.form} />
        </section>
      </div>
    </StaticIsland>
  );
}

function Facets({ facets }: { readonly facets: FacetsView }) {
  return (
    <>
      {facets.years.length === 0 ? null : (
        <section>
          <h2 className="caps">Published</h2>
          <Histogram
            label="Papers by year of publication"
            bars={facets.years}
            tick={(bar) => `’${String(bar.to).slice(-2)}`}
          />
        </section>
      )}
      {facets.authorCounts.length === 0 ? null : (
        <section>
          <h2 className="caps">Authors per paper</h2>
          <Histogram label="Papers by number of authors" bars={facets.authorCounts} tick={authorsTick} />
        </section>
      )}
      {facets.topics.length === 0 ? null : (
        <section>
          <h2 className="caps">Topics</h2>
          <Topics topics={facets.topics} />
        </section>
      )}
      {facets.hasCode.count === 0 && !facets.hasCode.active ? null : (
        <section>
          <ul className="facet">
            <li>
              <a
                href={facets.hasCode.href}
                className={facets.hasCode.active ? 'included' : undefined}
                aria-current={facets.hasCode.active ? 'true' : undefined}
              >
                <span>{facets.hasCode.label}</span>
                <span className="count">{toNumberLabel(facets.hasCode.count)}</span>
              </a>
            </li>
          </ul>
        </section>
      )}
    </>
  );
}

/** From 11 authors on, a bar covers a range. */
function authorsTick({ from }: BarView): string {
  return from <= 10 ? String(from) : `${from}+`;
}

function Topics({ topics }: { readonly topics: readonly FacetTopicView[] }) {
  const rest = topics.slice(topicsShown);
  return (
    <>
      <TopicRows topics={topics.slice(0, topicsShown)} />
      {rest.length === 0 ? null : (
        <details className="facet-more">
          <summary>{toCountLabel(rest.length, 'more topic')}</summary>
          <TopicRows topics={rest} />
        </details>
      )}
    </>
  );
}

function TopicRows({ topics }: { readonly topics: readonly FacetTopicView[] }) {
  return (
    <ul className="facet">
      {topics.map((topic) => (
        <li key={topic.slug}>
          <a href={topic.href} className={topic.state} aria-current={topic.state === 'included' ? 'true' : undefined}>
            <span>{topic.label}</span>
            <span className="count">{toNumberLabel(topic.count)}</span>
          </a>
          <a
            href={topic.excludeHref}
            className="exclude"
            title={topic.state === 'excluded' ? `Allow ${topic.label} again` : `Leave out ${topic.label}`}
          >
            <span aria-hidden="true">{topic.state === 'excluded' ? '+' : '−'}</span>
            <span className="hidden-label">
              {topic.state === 'excluded' ? `Allow ${topic.label} again` : `Leave out ${topic.label}`}
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}
