/** Writes invalid dates into a store, as old versions did before dates were validated. */
import type { Database } from 'better-sqlite3';
import { dayNumber, type PublicationDate, publicationPeriod } from '#core/day.ts';

export type Poison = {
  readonly publishedOn: string;
  readonly listingDays: readonly string[];
  /** The time of fetching, ISO 8601 in UTC. */
  readonly at?: string;
};

/** Writes the dates into the paper's only record, its row and its listings. */
export function poison(
  database: Database,
  id: string,
  { publishedOn, listingDays, at = '2025-12-16T08:00:00Z' }: Poison,
): void {
  const paper = database
    .prepare<[string], { key: number; listings: string }>('SELECT key, listings FROM Paper WHERE id = ?')
    .get(id);
  const record =
    paper &&
    database
      .prepare<[number], { key: number; payload: string }>('SELECT key, payload FROM Record WHERE paperKey = ?')
      .get(paper.key);
  if (!paper || !record) throw new Error(`there is no paper ${id}`);
  const added = listingDays.map((day, i) => ({ source: 'hf', day, position: i + 1 }));
  const oldPayload = JSON.parse(record.payload) as { listings: object[] };
  const payload = {
    ...oldPayload,
    publishedOn,
    fetchedAt: at,
    listings: [...oldPayload.listings, ...added.map((listing) => ({ ...listing, at }))],
  };
  database.prepare('UPDATE Record SET payload = ? WHERE key = ?').run(JSON.stringify(payload), record.key);
  const period = publicationPeriod(publishedOn as PublicationDate);
  const listings = JSON.stringify([...(JSON.parse(paper.listings) as object[]), ...added]);
  database
    .prepare(
      'UPDATE Paper SET publishedOn = ?, publishedFrom = ?, publishedTo = ?, listings = ?, contentHash = ? WHERE key = ?',
    )
    .run(publishedOn, dayNumber(period.from), dayNumber(period.to), listings, `poisoned ${id}`, paper.key);
  const list = database.prepare('INSERT OR REPLACE INTO Listing (paperKey, source, day, position) VALUES (?, ?, ?, ?)');
  for (const { source, day, position } of added) list.run(paper.key, source, day, position);
}
