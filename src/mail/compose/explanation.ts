/** Why a paper is in a digest: what of the filter it answers, in a few words. */
import type { Condition } from '#core/condition.ts';
import { matches } from '#core/matches.ts';
import type { Paper } from '#core/paper.ts';
import { explainWords } from '#view/text/explanation.ts';
import { toCountLabel, toDayLabel, toListLabel } from '#view/text/labels.ts';

/** `Code generation from “program synthesis” · 4 authors`; without a filter, where it was listed. */
export function whyIncluded(where: readonly Condition[], paper: Paper): string {
  const reasons = [explainWords(where, paper), ...leavesOf(where).map((condition) => reasonOf(condition, paper))];
  const said = [...new Set(reasons.filter((reason) => reason !== ''))];
  return said.length > 0 ? said.join(' · ') : whereListed(paper);
}

/** Wanted conditions; of alternatives all, as each may be the one that holds. */
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

function whereListed({ listings }: Paper): string {
  const [latest] = [...listings].sort((a, b) => (a.day < b.day ? 1 : -1));
  return latest ? `listed on ${toDayLabel(latest.day)}, place ${latest.position}` : 'new here';
}
