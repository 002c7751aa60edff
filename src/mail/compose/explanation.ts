/** Explains in a few words why a paper is in a digest: which conditions of the filter it matches. */
import type { Condition } from '#core/condition.ts';
import { matches } from '#core/matches.ts';
import type { Paper } from '#core/paper.ts';
import { explainWords } from '#view/text/explanation.ts';
import { toCountLabel, toDayLabel, toListLabel } from '#view/text/labels.ts';

/** Returns `Code generation from “program synthesis” · 4 authors`. Without a filter it names the listing. */
export function explainInclusion(where: readonly Condition[], paper: Paper): string {
  const reasons = [explainWords(where, paper), ...leavesOf(where).map((condition) => reasonOf(condition, paper))];
  const distinct = [...new Set(reasons.filter((reason) => reason !== ''))];
  return distinct.length > 0 ? distinct.join(' · ') : describeListing(paper);
}

/** Returns the conditions, with all alternatives of an OR: any of them may match. */
function leavesOf(where: readonly Condition[]): Condition[] {
  return where.flatMap((condition) => (condition.kind === 'anyOf' ? leavesOf(condition.conditions) : [condition]));
}

function reasonOf(condition: Condition, paper: Paper): string {
  if (!matches(condition, paper)) return '';
  switch (condition.kind) {
    case 'tag':
      return tagReason(condition.slug, paper);
    case 'category':
      return condition.name;
    case 'authorCount':
      return paper.authorCount === null ? '' : toCountLabel(paper.authorCount, 'author');
    case 'authorName':
      return `by ${condition.name}`;
    case 'upvotes':
      return paper.upvotes === null ? '' : toCountLabel(paper.upvotes, 'upvote');
    case 'commentCount':
      return paper.commentCount === null ? '' : toCountLabel(paper.commentCount, 'comment');
    case 'has':
      return condition.what === 'code' ? 'has code' : condition.what === 'project' ? 'has a project page' : '';
    default:
      return '';
  }
}

function tagReason(slug: string, paper: Paper): string {
  const tag = paper.tags.find((one) => one.slug === slug);
  if (!tag) return '';
  return tag.words.length === 0
    ? tag.label
    : `${tag.label} from ${toListLabel(tag.words.slice(0, 3).map((word) => `“${word}”`))}`;
}

function describeListing({ listings }: Paper): string {
  const [latest] = [...listings].sort((a, b) => (a.day < b.day ? 1 : -1));
  return latest ? `listed on ${toDayLabel(latest.day)}, place ${latest.position}` : 'new here';
}
