/** Writes a paper with its address, aliases, listings, tags and authors. */
import type { Database } from 'better-sqlite3';
import { isReservedId } from '#core/paper.ts';
import type { SaveOutcome } from '#core/ports/ingest.ts';
import type { PaperKey } from '#core/ports/papers.ts';
import type { MergedPaper } from '#core/record.ts';
import { createPaperParts } from './paper-parts.ts';
import { type PaperRow, toPaperRow } from './paper-rows.ts';

export type PaperWriter = {
  /** Writes the paper into row `key`, or into a new row if null. Skips a paper that did not change. */
  save(paper: MergedPaper, key: PaperKey | null): { readonly key: PaperKey; readonly outcome: SaveOutcome };
  /** Prepares all papers of a transaction. Call it before the first `save`. */
  prepare(papers: readonly MergedPaper[]): void;
  /** Deletes a row whose records moved to another paper. */
  remove(key: PaperKey): void;
  idOf(key: PaperKey): string | null;
  /** Writes the counts of tags and authors at the end of a transaction. */
  finish(): void;
  /** Clears the caches after a rollback. */
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

const insertSql = `INSERT INTO Paper (id, revision, ${columns}) VALUES (:id, :revision, ${columns.map((column) => `:${column}`)})`;
const updateSql = `UPDATE Paper SET id = :id, revision = :revision, ${columns.map((column) => `${column} = :${column}`)} WHERE key = :key`;

export function createPaperWriter(database: Database): PaperWriter {
  const parts = createPaperParts(database);
  const addressOf = createAddresses(database);
  const known = database.prepare<[PaperKey], Known>('SELECT id, contentHash, aliases FROM Paper WHERE key = ?');
  const insert = database.prepare(insertSql);
  const update = database.prepare(updateSql);
  const drop = database.prepare('DELETE FROM Paper WHERE key = ?');
  const logRemoval = database.prepare('INSERT OR REPLACE INTO RemovedPaper (key, revision) VALUES (?, ?)');
  const revision = createRevision(database);

  function save(paper: MergedPaper, key: PaperKey | null): { key: PaperKey; outcome: SaveOutcome } {
    const before = key === null ? null : (known.get(key) ?? null);
    const id = addressOf(paper, key, before?.id ?? null);
    const aliases = aliasesOf(paper, id, before);
    const row = toPaperRow(paper, aliases);
    if (key !== null && before && before.contentHash === row.contentHash && before.id === id)
      return { key, outcome: 'unchanged' };
    const values = { ...row, id, revision: revision.raise() };
    if (key !== null) {
      parts.clear(key);
      update.run({ ...values, key });
    }
    const saved = key ?? Number(insert.run(values).lastInsertRowid);
    parts.add(paper, saved, aliases);
    return { key: saved, outcome: key === null ? 'added' : 'updated' };
  }

  return {
    prepare: parts.prepare,
    save,
    remove(key) {
      parts.clear(key);
      drop.run(key);
      logRemoval.run(key, revision.raise());
    },
    idOf: (key) => known.get(key)?.id ?? null,
    finish() {
      parts.finish();
      revision.end();
    },
    forget() {
      parts.forget();
      revision.end();
    },
  };
}

/** The first change in a transaction raises the store's revision. */
function createRevision(database: Database) {
  const raise = database.prepare<[], { revision: number }>(
    'UPDATE Store SET revision = revision + 1 RETURNING revision',
  );
  let raised: number | null = null;
  return {
    raise: (): number => {
      raised ??= raise.get()?.revision ?? 0;
      return raised;
    },
    end(): void {
      raised = null;
    },
  };
}

/**
 * Returns the paper's own id. Otherwise returns its former slug if the title still yields it, or the first free slug.
 */
function createAddresses(database: Database) {
  const taken = database.prepare<[string], { key: PaperKey }>('SELECT key FROM Paper WHERE id = ?');
  return (paper: MergedPaper, key: PaperKey | null, former: string | null): string => {
    const isFree = (id: string) => !isReservedId(id) && [key, undefined].includes(taken.get(id)?.key);
    if (paper.id !== null) return paper.id;
    const base = paper.slug || 'paper';
    if (former !== null && withoutSuffix(former) === base) return former;
    for (let n = 1; ; n++) {
      const id = n === 1 ? base : `${base}-${n}`;
      if (isFree(id)) return id;
    }
  };
}

const withoutSuffix = (slug: string): string => slug.replace(/-\d+$/, '');

/**
 * Returns the paper's aliases and the former addresses made from one of its titles, with or without a number (`-2`).
 */
function aliasesOf(paper: MergedPaper, id: string, before: Known | null): string[] {
  const former = before ? [before.id, ...(JSON.parse(before.aliases) as string[])] : [];
  const own = new Set(paper.aliases);
  const mine = former.filter((alias) => own.has(alias) || own.has(withoutSuffix(alias)));
  return [...new Set([...paper.aliases, ...mine])].filter((alias) => alias !== id).sort();
}
