/**
 * The search in SQL and FTS5: exact and always there, but linear in its matches. It answers while the in-memory index
 * loads, and is what that index is tested against.
 */

import type { Database } from 'better-sqlite3';
import type { Condition } from '#core/condition';
import { dayNumber } from '#core/day';
import { announcer, placesMax } from '#core/listing-place';
import { matches } from '#core/matches';
import type { Paper } from '#core/paper';
import type { Facets, PaperSearch, SearchHit, SearchRequest, SearchResult, TagCount } from '#core/ports';
import { allOf, conditionSql, ftsExpression, type Sql } from './condition-sql.ts';

const facetTopicsMax = 60;
const partialBelow = 30;

/** `database` may be read-only; the search is synchronous, so it is not for big stores in a serving process. */
export function createSqlSearch(database: Database): PaperSearch {
  database.function('text_matches', { deterministic: true, varargs: true }, (...values) => {
    const [condition, title, abstract, authors, tags, organization] = values;
    const text = {
      title,
      abstract,
      authors: JSON.parse(String(authors)),
      tags: JSON.parse(String(tags)),
      organization,
    } as unknown as Paper;
    return Number(matches(JSON.parse(String(condition)) as Condition, text));
  });
  const all = <Row>(sql: Sql): Row[] => database.prepare<(string | number)[], Row>(sql.text).all(...sql.values);
  const search = database.transaction((request: SearchRequest): SearchResult => searchOnce(all, request));
  return { search: async (request) => search(request) };
}

type All = <Row>(sql: Sql) => Row[];

function searchOnce(all: All, request: SearchRequest): SearchResult {
  const where = allOf(request.where);
  const total = all<{ n: number }>({ text: `SELECT count(*) AS n FROM Paper p WHERE ${where.text}`, values: where.values })[0]?.n ?? 0;
  const revision = all<{ revision: number }>({ text: 'SELECT revision FROM Store', values: [] })[0]?.revision ?? 0;
  const some = request.sort === 'relevance' && total < partialBelow ? partialWhere(request.where) : null;
  const partial = some
    ? (all<{ n: number }>({ text: `SELECT count(*) AS n FROM Paper p WHERE ${some.text}`, values: some.values })[0]?.n ?? 0)
    : 0;
  const page = (sql: Sql, offset: number, limit: number) =>
    limit > 0 ? all<{ key: number; score: number }>(ranked(sql, request, offset, limit)) : [];
  const full = page(where, request.offset, Math.max(0, Math.min(request.limit, total - request.offset)));
  const rest = some ? page(some, Math.max(0, request.offset - total), request.limit - full.length) : [];
  const toHit =
    (isPartial: boolean) =>
    (row: { key: number; score: number }): SearchHit => ({ key: row.key, score: row.score, partial: isPartial });
  return {
    revision,
    total,
    atLeast: false,
    partial,
    hits: [...full.map(toHit(false)), ...rest.map(toHit(true))],
    facets: request.facets ? countFacets(all, where) : null,
  };
}

type TextCondition = Extract<Condition, { kind: 'text' }>;

const isBareWord = (condition: Condition): condition is TextCondition =>
  condition.kind === 'text' && condition.match === 'word' && condition.field === 'any';

/** Papers with some of the bare words but not all, and everything else that was asked; null when no word may be missing. */
function partialWhere(where: readonly Condition[]): Sql | null {
  const words = where.filter(isBareWord);
  if (words.length < 2) return null;
  const hard = allOf(where.filter((condition) => !isBareWord(condition)));
  const any = conditionSql({ kind: 'anyOf', conditions: words });
  const every = allOf(words);
  return { text: `${hard.text} AND ${any.text} AND NOT ${every.text}`, values: [...hard.values, ...any.values, ...every.values] };
}

const ties = 'p.publishedFrom DESC NULLS LAST, p.key';

function ranked(where: Sql, request: SearchRequest, offset: number, limit: number): Sql {
  const score = scoreSql(request);
  return {
    text: `SELECT p.key AS key, ${score.select.text} AS score FROM Paper p ${score.join.text} WHERE ${where.text} ORDER BY ${score.order}, ${ties} LIMIT ? OFFSET ?`,
    values: [...score.select.values, ...score.join.values, ...where.values, limit, offset],
  };
}

type Score = { readonly select: Sql; readonly join: Sql; readonly order: string };

const none: Sql = { text: '', values: [] };
const zero: Sql = { text: '0', values: [] };

function scoreSql(request: SearchRequest): Score {
  const by = (order: string, select: Sql = zero, join: Sql = none): Score => ({ select, join, order });
  switch (request.sort) {
    case 'relevance':
      return relevance(request.where);
    case 'new':
      return by('p.publishedFrom DESC NULLS LAST');
    case 'old':
      return by('p.publishedFrom ASC NULLS LAST');
    case 'upvotes':
      return by('p.upvotes DESC NULLS LAST');
    case 'comments':
      return by('p.commentCount DESC NULLS LAST');
    case 'authors':
      return by('p.authorCount DESC NULLS LAST');
    case 'trending':
      return by('score DESC', {
        text: `(1.0 + coalesce(p.upvotes, 0) + 3 * coalesce(p.commentCount, 0)) / pow(max(0, ? - coalesce(
          (SELECT max(unixepoch(day) / 86400) FROM Listing WHERE paperKey = p.key), p.publishedFrom, 0)) + 2, 1.5)`,
        values: [dayNumber(request.today)],
      });
    case 'listing':
      return byListing(request.where);
    default:
      return request.sort satisfies never;
  }
}

function relevance(where: readonly Condition[]): Score {
  const expressions = where.filter((condition) => condition.kind === 'text').flatMap((condition) => ftsExpression(condition) ?? []);
  if (expressions.length === 0) return { select: zero, join: none, order: 'p.publishedFrom DESC NULLS LAST' };
  const match = expressions.map((expression) => `(${expression})`).join(' OR ');
  return {
    select: { text: 'coalesce(r.score, 0)', values: [] },
    join: {
      // Scored once for all, not anew for each paper: bm25 counts through the matches whenever it begins.
      text: `LEFT JOIN (WITH scored AS MATERIALIZED
        (SELECT rowid AS key, -bm25(paper_fts, 9, 1, 2, 2, 0) AS score FROM paper_fts WHERE paper_fts MATCH ?)
        SELECT key, score FROM scored) r ON r.key = p.key`,
      values: [match],
    },
    order: 'score DESC',
  };
}

/** `listingPlace` in SQL. */
const place = `min(position, ${placesMax - 1}) + ${placesMax} * (source GLOB '${announcer}*')`;

/** The latest day of the asked range first, then the place in its listing. */
function byListing(where: readonly Condition[]): Score {
  const range = where.find((condition) => condition.kind === 'listedOn');
  const join = `LEFT JOIN (SELECT paperKey, max(day) AS day, min(${place}) AS position FROM Listing l
    WHERE day BETWEEN ? AND ? AND day = (SELECT max(day) FROM Listing WHERE paperKey = l.paperKey AND day BETWEEN ? AND ?) GROUP BY paperKey) l ON l.paperKey = p.key`;
  const bounds = [range?.from ?? '0000-01-01', range?.to ?? '9999-12-31'];
  return { select: zero, join: { text: join, values: [...bounds, ...bounds] }, order: 'l.day DESC NULLS LAST, l.position' };
}

function countFacets(all: All, where: Sql): Facets {
  const from = { text: `FROM Paper p WHERE ${where.text}`, values: where.values };
  const rows = <Row>(before: string, after = '') => all<Row>({ text: `${before} ${from.text} ${after}`, values: from.values });
  return {
    topics: all<TagCount>({
      text: `SELECT kind, slug, label, count(*) AS count FROM PaperTag JOIN Tag ON Tag.key = tagKey
        WHERE kind = 'topic' AND paperKey IN (SELECT p.key ${from.text}) GROUP BY Tag.key ORDER BY count(*) DESC, slug LIMIT ${facetTopicsMax}`,
      values: from.values,
    }),
    years: rows(
      'SELECT CAST(substr(p.publishedOn, 1, 4) AS INTEGER) AS year, count(*) AS count',
      'AND p.publishedOn IS NOT NULL GROUP BY 1 ORDER BY 1',
    ),
    authorCounts: rows('SELECT p.authorCount AS authors, count(*) AS count', 'AND p.authorCount IS NOT NULL GROUP BY 1 ORDER BY 1'),
    hasCode: rows<{ n: number }>('SELECT count(*) AS n', 'AND p.hasCode')[0]?.n ?? 0,
  };
}
