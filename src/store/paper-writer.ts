/** Writes one paper with everything that hangs on it: address, aliases, listings, tags, authors and the full-text index. */
import type { Database } from 'better-sqlite3';
import { isReservedId } from '#core/paper';
import type { PaperKey, SaveOutcome } from '#core/ports';
import type { MergedPaper } from '#core/record';
import { toIndexedText } from '#core/terms';
import { createNameTables } from './name-tables.ts';
import { type PaperRow, toPaperRow } from './paper-rows.ts';

export type PaperWriter = {
  /** Writes the paper into row `key`, or a new one for null; a paper that is as it was is not written. */
  save(paper: MergedPaper, key: PaperKey | null): { readonly key: PaperKey; readonly outcome: SaveOutcome };
  /** Told of all papers of a transaction before the first is saved. */
  prepare(papers: readonly MergedPaper[]): void;
  /** Drops a row whose records went to another paper. */
  remove(key: PaperKey): void;
  idOf(key: PaperKey): string | null;
  /** Ends a transaction's work: counts of tags and authors. */
  finish(): void;
  /** Drops what was remembered of a transaction that was rolled back. */
  forget(): void;
};

type Known = { readonly id: string; readonly contentHash: string; readonly aliases: string };

const columns = [
  'arxivId',
  'title',
  'abstract',
  'authors',
  'authorCount',
  'organization',
  'publishedOn',
  'publishedFrom',
  'publishedTo',
  'listings',
  'upvotes',
  'commentCount',
  'links',
  'tags',
  'comment',
  'withdrawn',
  'hasCode',
  'hasProject',
  'aliases',
  'provenance',
  'contentHash',
] as const satisfies readonly (keyof PaperRow)[];

export function createPaperWriter(database: Database): PaperWriter {
  const names = createNameTables(database);
  const known = database.prepare<[PaperKey], Known>('SELECT id, contentHash, aliases FROM Paper WHERE key = ?');
  const taken = database.prepare<[string], { key: PaperKey }>('SELECT key FROM Paper WHERE id = ?');
  const insert = database.prepare(
    `INSERT INTO Paper (id, revision, ${columns}) VALUES (:id, :revision, ${columns.map((column) => `:${column}`)})`,
  );
  const update = database.prepare(
    `UPDATE Paper SET id = :id, revision = :revision, ${columns.map((column) => `${column} = :${column}`)} WHERE key = :key`,
  );
  const raise = database.prepare<[], { revision: number }>('UPDATE Store SET revision = revision + 1 RETURNING revision');
  const addListing = database.prepare('INSERT OR REPLACE INTO Listing (paperKey, source, day, position) VALUES (?, ?, ?, ?)');
  const addAlias = database.prepare('INSERT OR IGNORE INTO Alias (alias, paperKey) VALUES (?, ?)');
  const addTerms = database.prepare(
    'INSERT INTO paper_fts (rowid, title, abstract, authors, tags, organization) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const dropTerms = database.prepare('DELETE FROM paper_fts WHERE rowid = ?');
  const dropRows = ['Listing', 'Alias'].map((table) => database.prepare(`DELETE FROM ${table} WHERE paperKey = ?`));
  const dropPaper = database.prepare('DELETE FROM Paper WHERE key = ?');
  const logRemoval = database.prepare('INSERT OR REPLACE INTO RemovedPaper (key, revision) VALUES (?, ?)');

  let raised: number | null = null;
  const revision = (): number => {
    raised ??= raise.get()?.revision ?? 0;
    return raised;
  };

  function addressOf(paper: MergedPaper, key: PaperKey | null, former: string | null): string {
    const isFree = (id: string) => !isReservedId(id) && [key, undefined].includes(taken.get(id)?.key);
    if (paper.id !== null) return paper.id;
    const base = paper.slug || 'paper';
    if (former !== null && withoutSuffix(former) === base) return former;
    for (let n = 1; ; n++) {
      const id = n === 1 ? base : `${base}-${n}`;
      if (isFree(id)) return id;
    }
  }

  function clear(key: PaperKey): void {
    names.clear(key);
    dropTerms.run(key);
    for (const drop of dropRows) drop.run(key);
  }

  function hang(paper: MergedPaper, key: PaperKey, id: string, aliases: readonly string[]): void {
    for (const { source, day, position } of paper.listings) addListing.run(key, source, day, position);
    for (const alias of aliases) if (alias !== id) addAlias.run(alias, key);
    names.add(key, paper);
    const labels = paper.tags.map((tag) => tag.label);
    const texts = [paper.title, paper.abstract, fieldsOf(paper.authors), fieldsOf(labels), paper.organization ?? ''].map(toIndexedText);
    addTerms.run(key, ...texts);
  }

  function save(paper: MergedPaper, key: PaperKey | null): { key: PaperKey; outcome: SaveOutcome } {
    const before = key === null ? null : (known.get(key) ?? null);
    const id = addressOf(paper, key, before?.id ?? null);
    const aliases = aliasesOf(paper, id, before);
    const row = toPaperRow(paper, aliases);
    if (key !== null && before && before.contentHash === row.contentHash && before.id === id) return { key, outcome: 'unchanged' };
    const values = { ...row, id, revision: revision() };
    if (key !== null) {
      clear(key);
      update.run({ ...values, key });
    }
    const saved = key ?? Number(insert.run(values).lastInsertRowid);
    hang(paper, saved, id, aliases);
    return { key: saved, outcome: key === null ? 'added' : 'updated' };
  }

  return {
    prepare: names.prepare,
    save,
    remove(key) {
      clear(key);
      dropPaper.run(key);
      logRemoval.run(key, revision());
    },
    idOf: (key) => known.get(key)?.id ?? null,
    finish() {
      names.finish();
      raised = null;
    },
    forget() {
      names.forget();
      raised = null;
    },
  };
}

const withoutSuffix = (slug: string): string => slug.replace(/-\d+$/, '');

/** The paper's own aliases, and the former addresses that were given to one of its titles (`-2` and so on included). */
function aliasesOf(paper: MergedPaper, id: string, before: Known | null): string[] {
  const former = before ? [before.id, ...(JSON.parse(before.aliases) as string[])] : [];
  const own = new Set(paper.aliases);
  const mine = former.filter((alias) => own.has(alias) || own.has(withoutSuffix(alias)));
  return [...new Set([...paper.aliases, ...mine])].filter((alias) => alias !== id).sort();
}

/** Values of one column with a word between them that no phrase has. */
const fieldsOf = (values: readonly string[]): string => values.join(` ${gapWord} `);
const gapWord = 'qzgapzq';
