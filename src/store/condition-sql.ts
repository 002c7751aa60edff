/** Conditions as SQL over `Paper p`: the store's speed for the meaning that core/matches.ts gives them. */
import type { Condition, NumberRange, TextField } from '#core/condition';
import { type DayRange, dayNumber } from '#core/day';
import { foldText, termsOf, toIndexedText, wordsOf } from '#core/terms';

export type Sql = { readonly text: string; readonly values: readonly (string | number)[] };

const always: Sql = { text: '1', values: [] };

export function conditionSql(condition: Condition): Sql {
  switch (condition.kind) {
    case 'text':
      return textSql(condition);
    case 'tag':
      return { text: 'p.key IN (SELECT paperKey FROM PaperTag JOIN Tag ON Tag.key = tagKey WHERE slug = ?)', values: [condition.slug] };
    case 'category':
      return {
        text: `p.key IN (SELECT paperKey FROM PaperTag JOIN Tag ON Tag.key = tagKey WHERE kind = 'category' AND (slug = ? OR slug GLOB ?))`,
        values: [condition.name.toLowerCase(), `${condition.name.toLowerCase()}.*`],
      };
    case 'authorCount':
      return rangeSql('p.authorCount', condition);
    case 'upvotes':
      return rangeSql('p.upvotes', condition);
    case 'commentCount':
      return rangeSql('p.commentCount', condition);
    case 'publishedOn':
      return publishedSql(condition);
    case 'listedOn':
      return listedSql(condition);
    case 'has':
      return { text: hasSql[condition.what], values: [] };
    case 'id':
      return {
        text: '(p.id = ? OR p.key IN (SELECT paperKey FROM Alias WHERE alias = ?))',
        values: [condition.id, condition.id],
      };
    case 'authorName':
      return {
        text: 'p.key IN (SELECT paperKey FROM PaperAuthor JOIN Author ON Author.key = authorKey WHERE folded = ?)',
        values: [foldText(condition.name)],
      };
    case 'not':
      return negated(conditionSql(condition.condition));
    case 'anyOf':
      return joined(condition.conditions.map(conditionSql), ' OR ', '0');
    default:
      return condition satisfies never;
  }
}

export function allOf(conditions: readonly Condition[]): Sql {
  return joined(conditions.map(conditionSql), ' AND ', '1');
}

const hasSql = {
  code: 'p.hasCode',
  project: 'p.hasProject',
  comments: 'coalesce(p.commentCount, 0) > 0',
  abstract: `p.abstract <> ''`,
  authors: `p.authors <> '[]'`,
} as const;

function joined(parts: readonly Sql[], separator: string, empty: string): Sql {
  if (parts.length === 0) return { text: empty, values: [] };
  return { text: `(${parts.map((part) => part.text).join(separator)})`, values: parts.flatMap((part) => part.values) };
}

/** An unknown value never matches, so its negation does. */
const negated = (sql: Sql): Sql => ({ text: `NOT coalesce(${sql.text}, 0)`, values: sql.values });

function rangeSql(column: string, { min, max }: NumberRange): Sql {
  const bounds = [
    ...(min === null ? [] : [{ text: `${column} >= ?`, values: [min] }]),
    ...(max === null ? [] : [{ text: `${column} <= ?`, values: [max] }]),
  ];
  return joined([{ text: `${column} IS NOT NULL`, values: [] }, ...bounds], ' AND ', '1');
}

function publishedSql({ from, to }: DayRange): Sql {
  const bounds = [
    ...(from === null ? [] : [{ text: 'p.publishedFrom >= ?', values: [dayNumber(from)] }]),
    ...(to === null ? [] : [{ text: 'p.publishedTo <= ?', values: [dayNumber(to)] }]),
  ];
  return joined([{ text: 'p.publishedFrom IS NOT NULL', values: [] }, ...bounds], ' AND ', '1');
}

function listedSql({ from, to }: DayRange): Sql {
  const bounds = [
    ...(from === null ? [] : [{ text: 'day >= ?', values: [from as string] }]),
    ...(to === null ? [] : [{ text: 'day <= ?', values: [to as string] }]),
  ];
  const where = joined(bounds, ' AND ', '1');
  return { text: `p.key IN (SELECT paperKey FROM Listing WHERE ${where.text})`, values: where.values };
}

const columnsOf: Readonly<Record<TextField, string>> = {
  any: '{title abstract authors tags}',
  title: '{title}',
  abstract: '{abstract}',
  author: '{authors}',
  org: '{organization}',
};

/** An FTS5 expression for one text condition, or null when its text has no term: it then constrains nothing. */
export function ftsExpression(condition: Extract<Condition, { kind: 'text' }>): string | null {
  return termsOf(condition.text).length === 0 ? null : phraseExpression(condition.field, condition.text);
}

/** The text's words side by side in one column; everything but words is dropped, so that nothing in it is an operator. */
export function phraseExpression(field: TextField, text: string): string {
  return `${columnsOf[field]} : "${toIndexedText(text).replace(/"/g, ' ').replaceAll('\0', ' ')}"`;
}

function textSql(condition: Extract<Condition, { kind: 'text' }>): Sql {
  if (condition.match === 'prefix') return prefixSql(condition);
  const expression = ftsExpression(condition);
  return expression === null ? always : { text: 'p.key IN (SELECT rowid FROM paper_fts WHERE paper_fts MATCH ?)', values: [expression] };
}

/**
 * The index holds stems, a prefix is of whole words: papers with a stem of the same first letters are looked up, then the
 * condition's meaning decides (`text_matches`, see sql-search.ts).
 */
function prefixSql(condition: Extract<Condition, { kind: 'text' }>): Sql {
  const word = wordsOf(condition.text).at(-1);
  if (word === undefined) return always;
  const near = `${columnsOf[condition.field]} : "${Array.from(word).slice(0, 2).join('')}" *`;
  return {
    text: '(p.key IN (SELECT rowid FROM paper_fts WHERE paper_fts MATCH ?) AND text_matches(?, p.title, p.abstract, p.authors, p.tags, p.organization))',
    values: [near, JSON.stringify(condition)],
  };
}
