/** Tags and authors: each name once, with the number of papers that carry it. */
import type { Database } from 'better-sqlite3';
import { type Tag, tagKinds } from '#core/paper';
import type { PaperKey } from '#core/ports';
import type { MergedPaper } from '#core/record';
import { foldText } from '#core/terms';
import { createRowInserter } from './row-inserter.ts';

/** One kind of name: how a paper's names are linked to it, and its counts kept. */
export type NameTable = {
  /** Finds or makes the names of a batch in one go, before `add` is called for its papers. */
  prepare(papers: readonly MergedPaper[]): void;
  add(paperKey: PaperKey, paper: MergedPaper): void;
  /** Unlinks a paper from its names. */
  clear(paperKey: PaperKey): void;
  /** Writes the counts that changed. */
  finish(): void;
  /** Drops what was remembered: after a rollback the keys may not exist. */
  forget(): void;
};

const keysMax = 1_000_000;

export function createTagTable(database: Database): NameTable {
  const find = database.prepare<[string], { key: number; slug: string; kind: string }>(
    'SELECT key, slug, kind FROM Tag WHERE slug IN (SELECT value FROM json_each(?))',
  );
  const insert = createRowInserter<{ key: number; slug: string; kind: string }>(database, {
    table: 'Tag',
    columns: ['slug', 'kind', 'label'],
    returning: ['key', 'slug', 'kind'],
  });
  const promote = database.prepare<[string, string, number]>('UPDATE Tag SET kind = ?, label = ? WHERE key = ?');
  const known = new Map<string, { readonly key: number; readonly kind: string }>();
  const links = createLinks(database, { link: 'PaperTag', column: 'tagKey', table: 'Tag' });

  /** A topic's own label beats a category's, and that a keyword's. */
  function prepare(papers: readonly MergedPaper[]): void {
    if (known.size > keysMax) known.clear();
    const tags = new Map<string, Tag>();
    for (const tag of papers.flatMap((paper) => paper.tags))
      if (rankOf(tags.get(tag.slug)?.kind) > rankOf(tag.kind)) tags.set(tag.slug, tag);
    const unknown = [...tags.keys()].filter((slug) => !known.has(slug));
    for (const { slug, ...tag } of find.all(JSON.stringify(unknown))) known.set(slug, tag);
    const added = [...tags.values()].filter(({ slug }) => !known.has(slug)).sort((a, b) => (a.slug < b.slug ? -1 : 1));
    for (const { slug, kind, label } of tags.values()) {
      const tag = known.get(slug);
      if (!tag || rankOf(tag.kind) <= rankOf(kind)) continue;
      promote.run(kind, label, tag.key);
      known.set(slug, { kind, key: tag.key });
    }
    for (const { slug, ...tag } of insert(added.map(({ slug, kind, label }) => [slug, kind, label]))) known.set(slug, tag);
  }

  return {
    prepare,
    add: (paperKey, paper) => links.add(paperKey, new Set(paper.tags.map(({ slug }) => known.get(slug)?.key ?? 0))),
    clear: links.clear,
    finish: links.finish,
    forget() {
      known.clear();
      links.forget();
    },
  };
}

export function createAuthorTable(database: Database): NameTable {
  const find = database.prepare<[string], { key: number; folded: string }>(
    'SELECT key, folded FROM Author WHERE folded IN (SELECT value FROM json_each(?))',
  );
  const insert = createRowInserter<{ key: number; folded: string }>(database, {
    table: 'Author',
    columns: ['name', 'folded'],
    returning: ['key', 'folded'],
  });
  const known = new Map<string, number>();
  const links = createLinks(database, { link: 'PaperAuthor', column: 'authorKey', table: 'Author' });

  function prepare(papers: readonly MergedPaper[]): void {
    if (known.size > keysMax) known.clear();
    const names = new Map<string, string>();
    for (const name of papers.flatMap((paper) => paper.authors)) if (!names.has(foldText(name))) names.set(foldText(name), name);
    const unknown = [...names.keys()].filter((folded) => !known.has(folded));
    for (const { key, folded } of find.all(JSON.stringify(unknown))) known.set(folded, key);
    const added = unknown.filter((folded) => !known.has(folded)).sort();
    for (const { key, folded } of insert(added.map((folded) => [names.get(folded) ?? folded, folded]))) known.set(folded, key);
  }

  return {
    prepare,
    add: (paperKey, paper) => links.add(paperKey, new Set(paper.authors.map((name) => known.get(foldText(name)) ?? 0))),
    clear: links.clear,
    finish: links.finish,
    forget() {
      known.clear();
      links.forget();
    },
  };
}

/**
 * The table between papers and names, and the names' counts, summed up until `finish`. Links are written then in the order of their key:
 * neighbours share a page.
 */
function createLinks(database: Database, { link, column, table }: { link: string; column: string; table: string }) {
  const insert = createRowInserter(database, { table: link, columns: [column, 'paperKey'] });
  const remove = database.prepare<[PaperKey], { key: number }>(`DELETE FROM ${link} WHERE paperKey = ? RETURNING ${column} AS key`);
  const count = database.prepare(`UPDATE ${table} SET count = count + ? WHERE key = ?`);
  const changes = new Map<number, number>();
  let added: [number, PaperKey][] = [];
  const bump = (key: number, by: number) => changes.set(key, (changes.get(key) ?? 0) + by);
  const forget = () => {
    changes.clear();
    added = [];
  };
  return {
    add(paperKey: PaperKey, keys: ReadonlySet<number>): void {
      for (const key of keys) {
        added.push([key, paperKey]);
        bump(key, 1);
      }
    },
    clear(paperKey: PaperKey): void {
      for (const { key } of remove.all(paperKey)) bump(key, -1);
    },
    finish(): void {
      insert(added.sort(([a, one], [b, other]) => a - b || one - other));
      for (const [key, by] of changes) if (by !== 0) count.run(by, key);
      forget();
    },
    forget,
  };
}

/** Position in `tagKinds`, the strongest first; what is unknown comes last. */
const rankOf = (kind: string | undefined): number => (tagKinds as readonly (string | undefined)[]).indexOf(kind) >>> 0;
