/** Edits of a query, for links that add, remove or replace a condition. */
import type { Condition, SortKey } from '#core/condition.ts';
import type { TagSlug } from '#core/paper.ts';
import { toCanonical } from './canonical.ts';
import { formatQueryText } from './format-query.ts';
import type { PaperQuery } from './paper-query.ts';

/** Returns to the first page, as every edit except `withPage` does. */
function edit(query: PaperQuery, where: readonly Condition[]): PaperQuery {
  return toCanonical({ ...query, where, page: 1 });
}

/** Returns the canonical query of a conjunction. */
export function toQuery(where: readonly Condition[], sort: SortKey | null = null): PaperQuery {
  return toCanonical({ where, sort, page: 1 });
}

export function hasCondition(query: PaperQuery, condition: Condition): boolean {
  const key = keyOf(condition);
  return query.where.some((other) => keyOf(other) === key);
}

export function withCondition(query: PaperQuery, condition: Condition): PaperQuery {
  return edit(query, [...query.where, condition]);
}

export function withoutCondition(query: PaperQuery, condition: Condition): PaperQuery {
  const key = keyOf(condition);
  return edit(
    query,
    query.where.filter((other) => keyOf(other) !== key),
  );
}

export function toggleCondition(query: PaperQuery, condition: Condition): PaperQuery {
  return hasCondition(query, condition) ? withoutCondition(query, condition) : withCondition(query, condition);
}

/** Replaces all conditions of one kind, as a bar of a histogram does; null removes them. Negations stay. */
export function withOnly(query: PaperQuery, kind: Condition['kind'], condition: Condition | null): PaperQuery {
  const others = query.where.filter((other) => other.kind !== kind);
  return edit(query, condition ? [...others, condition] : others);
}

export type TagState = 'off' | 'included' | 'excluded';

export function tagState(query: PaperQuery, slug: TagSlug): TagState {
  if (hasCondition(query, { kind: 'tag', slug })) return 'included';
  return hasCondition(query, { kind: 'not', condition: { kind: 'tag', slug } }) ? 'excluded' : 'off';
}

/** Includes or excludes the tag, or removes both conditions. */
export function withTag(query: PaperQuery, slug: TagSlug, state: TagState): PaperQuery {
  const tag: Condition = { kind: 'tag', slug };
  const not: Condition = { kind: 'not', condition: tag };
  const others = withoutCondition(withoutCondition(query, tag), not);
  if (state === 'off') return others;
  return withCondition(others, state === 'included' ? tag : not);
}

export function withSort(query: PaperQuery, sort: SortKey | null): PaperQuery {
  return { ...query, sort, page: 1 };
}

export function withPage(query: PaperQuery, page: number): PaperQuery {
  return { ...query, page };
}

function keyOf(condition: Condition): string {
  return formatQueryText({ where: [condition], sort: null, page: 1 });
}
