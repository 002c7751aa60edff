/** Other search libraries and FTS5, configured for titles and abstracts with their own stemmers. */
import { create as createOrama, insertMultiple, search as searchOrama } from '@orama/orama';
import Sqlite from 'better-sqlite3';
import { Index as FlexIndex } from 'flexsearch';
import Fuse from 'fuse.js';
import lunr from 'lunr';
import MiniSearch from 'minisearch';
import { stopWords } from '#core/text/terms.ts';
import type { JudgedPaper } from './evaluate-collection.ts';

type Rank = (text: string, limit: number) => readonly string[] | Promise<readonly string[]>;
export type Ranker = {
  readonly name: string;
  readonly create: (papers: readonly JudgedPaper[]) => Rank | Promise<Rank>;
  /** Limits the number of queries for a slow library. */
  readonly queriesMax?: number;
};

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

const fts5: Ranker = {
  name: 'SQLite FTS5 bm25',
  create: (papers) => {
    const db = new Sqlite(':memory:');
    db.exec(
      `CREATE VIRTUAL TABLE paper USING fts5(title, abstract, tokenize = "porter unicode61 remove_diacritics 2")`,
    );
    const insert = db.prepare('INSERT INTO paper (rowid, title, abstract) VALUES (?, ?, ?)');
    db.transaction(() => {
      for (const [i, { title, abstract }] of papers.entries()) insert.run(i, title, abstract);
    })();
    const select = db.prepare('SELECT rowid FROM paper WHERE paper MATCH ? ORDER BY bm25(paper, 3, 1) LIMIT ?').pluck();
    return (text, limit) => {
      const match = wordsOf(text)
        .map((word) => `"${word}"`)
        .join(' OR ');
      return select.all(match, limit).map((row) => papers[Number(row)]?.id ?? '');
    };
  },
};

const miniSearch: Ranker = {
  name: 'MiniSearch',
  create: (papers) => {
    const index = new MiniSearch({ fields: ['title', 'abstract'] });
    index.addAll(papers);
    return (text, limit) =>
      index
        .search(text, { boost: { title: 3 } })
        .slice(0, limit)
        .map(({ id }) => String(id));
  },
};

const orama: Ranker = {
  name: 'Orama',
  create: async (papers) => {
    const db = createOrama({ schema: { title: 'string', abstract: 'string' } as const });
    await insertMultiple(
      db,
      papers.map((paper) => ({ ...paper })),
      500,
    );
    return async (text, limit) =>
      (await searchOrama(db, { term: text, limit, boost: { title: 3 } })).hits.map(({ id }) => id);
  },
};

const flexSearch: Ranker = {
  name: 'FlexSearch',
  create: (papers) => {
    const index = new FlexIndex({ tokenize: 'strict', context: true });
    for (const [i, { title, abstract }] of papers.entries()) index.add(i, `${title} ${abstract}`);
    return (text, limit) => index.search(text, { limit, suggest: true }).map((i) => papers[Number(i)]?.id ?? '');
  },
};

const lunrJs: Ranker = {
  name: 'Lunr',
  create: (papers) => {
    const index = lunr((builder) => {
      builder.ref('id');
      builder.field('title', { boost: 3 });
      builder.field('abstract');
      for (const paper of papers) builder.add(paper);
    });
    return (text, limit) =>
      index
        .search(wordsOf(text).join(' '))
        .slice(0, limit)
        .map(({ ref }) => ref);
  },
};

const fuse: Ranker = {
  name: 'Fuse.js',
  create: (papers) => {
    const index = new Fuse([...papers], {
      keys: [{ name: 'title', weight: 3 }, 'abstract'],
      ignoreLocation: true,
      threshold: 0.2,
    });
    return (text, limit) => {
      const words = wordsOf(text).filter((word) => !stopWords.has(word));
      const anyWord = { $or: words.flatMap((word) => [{ title: word }, { abstract: word }]) };
      return index.search(anyWord, { limit }).map(({ item }) => item.id);
    };
  },
  queriesMax: 20,
};

export const peers: readonly Ranker[] = [fts5, miniSearch, orama, flexSearch, lunrJs, fuse];
