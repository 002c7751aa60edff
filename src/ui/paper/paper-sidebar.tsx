/** The sidebar of a paper: topics with the words that matched, links, listings and provenance. */

import { DayTime } from '#ui/kit/day-time.tsx';
import type { PaperView } from '#view/paper/paper-view.ts';

export function PaperSidebar({ view }: { readonly view: PaperView }) {
  return (
    <aside className="paper-beside small" aria-label="Topics, links and sources">
      {view.allTags.length === 0 ? null : (
        <section>
          <h2 className="caps">Topics</h2>
          <dl>
            {view.allTags.map((tag) => (
              <div key={tag.slug}>
                <dt>
                  <a href={tag.href}>{tag.label}</a>
                </dt>
                <dd>{tag.title === '' ? tag.kind : tag.title}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      {view.allLinks.length === 0 ? null : (
        <section>
          <h2 className="caps">Links</h2>
          <ul>
            {view.allLinks.map((link) => (
              <li key={`${link.label} ${link.href}`}>
                <a href={link.href} rel="noreferrer">
                  {link.label}
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
      <Listings listings={view.listings} />
      <section>
        <h2 className="caps">Where this comes from</h2>
        <dl>
          {view.provenance.map((entry) => (
            <div key={entry.source}>
              <dt>{entry.source}</dt>
              <dd>
                {entry.fields}; read <DayTime date={entry.fetched} />
              </dd>
            </div>
          ))}
        </dl>
      </section>
    </aside>
  );
}

function Listings({ listings }: { readonly listings: PaperView['listings'] }) {
  if (listings.length === 0) return null;
  return (
    <section>
      <h2 className="caps">Listed</h2>
      <ul>
        {listings.map((listing) => (
          <li key={`${listing.source} ${listing.datetime}`}>
            <DayTime date={listing} href={listing.href} />
            <span className="muted">
              {listing.source}, place {listing.position}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
