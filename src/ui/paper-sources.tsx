/** Where a paper's page comes from: its links, the days that listed it, and which source said what. */
import type { PaperView } from '#serve/view/paper-view';
import { DayTime } from './day-time.tsx';

export function PaperSources({ view }: { readonly view: PaperView }) {
  return (
    <section>
      <h2 className="caps">Links and sources</h2>
      {view.allLinks.length === 0 ? null : (
        <ul className="small source-links">
          {view.allLinks.map((link) => (
            <li key={`${link.label} ${link.href}`}>
              <a href={link.href} rel="noreferrer">
                {link.label}
              </a>
            </li>
          ))}
        </ul>
      )}
      {view.listings.map((listing) => (
        <p key={`${listing.source} ${listing.datetime}`} className="small">
          Listed by {listing.source} on <DayTime date={listing} href={listing.href} />, place {listing.position}.
        </p>
      ))}
      <table className="sources small">
        <thead>
          <tr>
            <th scope="col">Source</th>
            <th scope="col">What it said</th>
            <th scope="col">Read on</th>
          </tr>
        </thead>
        <tbody>
          {view.provenance.map((entry) => (
            <tr key={entry.source}>
              <td>{entry.source}</td>
              <td>{entry.fields}</td>
              <td>
                <DayTime date={entry.fetched} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
