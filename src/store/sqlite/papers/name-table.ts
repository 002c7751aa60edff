/** Tables of names (tags or authors). Each row has a paper count and the most frequent spelling. */
import type { Database } from 'better-sqlite3';
import type { PaperKey } from '#core/ports/papers.ts';
import type { MergedPaper } from '#core/record.ts';
import { createRowInserter } from './row-inserter.ts';
import { elect, type Spelling, type SpellingCounts, vote } from './spellings.ts';

/** Describes the tables and columns of one kind of name. */
export type NameShape = {
  readonly table: 'Tag' | 'Author';
  /** Unique column: equal for all spellings of a name. */
  readonly id: 'slug' | 'folded';
  /** Columns that hold a spelling. `valuesOf` returns its values. */
  readonly columns: readonly string[];
  valuesOf(spelling: Spelling): readonly string[];
  readonly link: 'PaperTag' | 'PaperAuthor';
  readonly linkColumn: 'tagKey' | 'authorKey';
  /** Column of `Paper` that contains its names. */
  readonly carried: 'tags' | 'authors';
  /** Returns the distinct names in that column, as id and spelling. */
  namesOf(carried: readonly unknown[]): ReadonlyMap<string, Spelling>;
  /** The spelling of lowest rank represents the name, whatever its paper count. */
  rankOf(spelling: Spelling): number;
};

export type NameTable = {
  /** Finds or inserts the names of a batch. Call it before `add`. */
  prepare(papers: readonly MergedPaper[]): void;
  add(paperKey: PaperKey, paper: MergedPaper): void;
  /** Unlinks a paper from its names. Its row must still contain the names that `add` linked. */
  clear(paperKey: PaperKey): void;
  /** Writes the changed names and deletes those without papers. */
  finish(): void;
  /** Clears the cache: after a rollback its keys may not exist. */
  forget(): void;
};

type Entry = SpellingCounts & { readonly key: number };

const namesMax = 200_000;

export function createNameTable(database: Database, shape: NameShape): NameTable {
  const { carried, link, linkColumn } = shape;
  const rows = createNameRows(database, shape);
  const namesOf = database.prepare<[PaperKey], string>(`SELECT ${carried} FROM Paper WHERE key = ?`).pluck();
  const insertLinks = createRowInserter(database, { table: link, columns: [linkColumn, 'paperKey'] });
  const dropLinks = database.prepare(`DELETE FROM ${link} WHERE paperKey = ?`);
  const changed = new Set<string>();
  let links: [number, PaperKey][] = [];

  function count(id: string, spelling: Spelling, by: 1 | -1): number {
    const entry = rows.known.get(id);
    if (!entry) return 0;
    vote(entry, spelling, by);
    changed.add(id);
    return entry.key;
  }

  function forget(): void {
    changed.clear();
    links = [];
  }

  return {
    prepare(papers) {
      rows.findOrInsert(new Map(papers.flatMap((paper) => [...shape.namesOf(paper[carried])])));
    },
    add(paperKey, paper) {
      for (const [id, spelling] of shape.namesOf(paper[carried])) links.push([count(id, spelling, 1), paperKey]);
    },
    clear(paperKey) {
      const names = shape.namesOf(JSON.parse(namesOf.get(paperKey) ?? '[]') as unknown[]);
      rows.find(names.keys());
      for (const [id, spelling] of names) count(id, spelling, -1);
      dropLinks.run(paperKey);
    },
    // In key order, neighbouring rows share a database page.
    finish() {
      insertLinks(links.sort(([a, one], [b, other]) => a - b || one - other));
      for (const id of changed) rows.write(id);
      forget();
    },
    forget() {
      rows.known.clear();
      forget();
    },
  };
}

type NameRow = {
  readonly key: number;
  readonly id: string;
  readonly spelling: Spelling;
  readonly count: number;
  readonly spellings: string | null;
};

/** Reads and writes the table's rows and caches the recent ones. */
function createNameRows(database: Database, { table, id, columns, valuesOf, rankOf }: NameShape) {
  const select = database.prepare<[string], NameRow>(
    `SELECT key, ${id} AS id, ${columns.join(` || ':' || `)} AS spelling, count, spellings FROM ${table}
     WHERE ${id} IN (SELECT value FROM json_each(?))`,
  );
  const insert = createRowInserter<{ key: number; id: string }>(database, {
    table,
    columns: [id, ...columns],
    returning: ['key', `${id} AS id`],
  });
  const update = database.prepare(
    `UPDATE ${table} SET count = ?, spellings = ?, ${columns.map((column) => `${column} = ?`)} WHERE key = ?`,
  );
  const drop = database.prepare(`DELETE FROM ${table} WHERE key = ?`);
  const versionOf = database.prepare<[], number>('PRAGMA data_version').pluck();
  const known = new Map<string, Entry>();
  let version = versionOf.get();

  /** The cache is valid until another process writes. */
  function freshen(): void {
    const current = versionOf.get();
    if (current !== version || known.size > namesMax) known.clear();
    version = current;
  }

  function find(names: Iterable<string>): void {
    const unknown = [...names].filter((name) => !known.has(name));
    for (const row of select.all(JSON.stringify(unknown))) known.set(row.id, toEntry(row));
  }

  return {
    known,
    /** Caches the names that exist. */
    find,
    /** Inserts the missing names of a batch and caches them. */
    findOrInsert(names: ReadonlyMap<string, Spelling>): void {
      freshen();
      find(names.keys());
      const added = [...names.keys()].filter((name) => !known.has(name)).sort();
      const spelled = (name: string) => names.get(name) ?? name;
      for (const row of insert(added.map((name) => [name, ...valuesOf(spelled(name))])))
        known.set(row.id, { key: row.key, first: spelled(row.id), papers: 0, others: null });
    },
    write(name: string): void {
      const entry = known.get(name);
      if (!entry) return;
      const spellings = elect(entry, rankOf);
      if (spellings.length === 0) {
        known.delete(name);
        drop.run(entry.key);
        return;
      }
      const papers = spellings.reduce((sum, [, one]) => sum + one, 0);
      update.run(papers, spellings.length > 1 ? JSON.stringify(spellings) : null, ...valuesOf(entry.first), entry.key);
    },
  };
}

function toEntry({ key, spelling, count, spellings }: NameRow): Entry {
  const [[first, papers], ...others] =
    spellings === null ? [[spelling, count] as const] : (JSON.parse(spellings) as [[Spelling, number]]);
  return { key, first, papers, others: others.length > 0 ? new Map(others) : null };
}
