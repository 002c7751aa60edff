/** Dumps the papers of a store except what depends on the order of arrival: suffixes of slugs and fetch times. */
import type { Database } from 'better-sqlite3';
import { fromPaperRow, type StoredPaperRow } from '#store/sqlite/papers/paper-rows.ts';

const withoutSuffix = (id: string): string => id.replace(/-\d+$/, '');

/** Returns one line per paper, with the identities of its records. */
export function storeEssence(database: Database): string[] {
  const recordsOf = database
    .prepare<[number], string>('SELECT identity FROM Record WHERE paperKey = ? ORDER BY identity')
    .pluck();
  return database
    .prepare<[], StoredPaperRow>('SELECT * FROM Paper')
    .all()
    .map((row) => {
      const { id, aliases, provenance, ...rest } = fromPaperRow(row);
      return JSON.stringify({
        ...rest,
        id: withoutSuffix(id),
        aliases: [...new Set(aliases.map(withoutSuffix))].filter((alias) => alias !== withoutSuffix(id)),
        provenance: provenance.map(({ source, fields }) => ({ source, fields })),
        records: recordsOf.all(row.key),
      });
    })
    .sort();
}
