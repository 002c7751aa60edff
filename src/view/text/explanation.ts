/** Explains a result: where the query's words occur in the paper, or the parts of its trending score. */
import type { Condition, TextField } from '#core/condition.ts';
import { type Day, daysBetween, publicationPeriod } from '#core/day.ts';
import type { Paper } from '#core/paper.ts';
import { hasMarks, type MarkTerm, toMarkTerms } from './highlights.ts';
import { toCountLabel, toListLabel } from './labels.ts';
import { isMarked } from './text-segments.ts';

type QueryWord = {
  readonly label: string;
  readonly fields: readonly TextField[];
  readonly marks: readonly MarkTerm[];
  /** One of several joined by `OR`, so its absence is not reported. */
  readonly isOptional: boolean;
};

const fieldsOf: Readonly<Record<TextField, readonly TextField[]>> = {
  any: ['title', 'abstract', 'author'],
  title: ['title'],
  abstract: ['abstract'],
  author: ['author'],
  org: ['org'],
};
const fieldLabels = [
  { field: 'title', label: 'in the title' },
  { field: 'abstract', label: 'in the abstract' },
  { field: 'author', label: 'among the authors' },
  { field: 'org', label: 'in the organisation' },
] as const;
const topicLabel = 'among the topics';
const wordsMax = 8;
/** Limits the work: most words of a long `OR` are in no paper. */
const candidatesMax = 16;

/**
 * Returns `“decoder” in the title, “mamba” in the abstract, not “vision”`, or an empty string if the query has no
 * words. Names only the first field that contains a word.
 */
export function explainWords(where: readonly Condition[], paper: Paper): string {
  const found = new Map<string, string[]>();
  const missing: string[] = [];
  for (const { label, field } of locateWords(where, paper)) {
    if (field === null) missing.push(label);
    else found.set(field, [...(found.get(field) ?? []), label]);
  }
  const matched = [...fieldLabels.map(({ label }) => label), topicLabel].filter((field) => found.has(field));
  const parts = matched.map((field) => `${toListLabel(found.get(field) ?? [])} ${field}`);
  return [...parts, ...(missing.length > 0 ? [`not ${toListLabel(missing, 'or')}`] : [])].join(', ');
}

function locateWords(
  where: readonly Condition[],
  paper: Paper,
): { readonly label: string; readonly field: string | null }[] {
  const words = new Map(queryWordsOf(where).map((word) => [word.label, word]));
  return [...words.values()]
    .slice(0, candidatesMax)
    .map((word) => ({ ...word, field: fieldWith(word, paper) }))
    .filter(({ field, isOptional }) => field !== null || !isOptional)
    .slice(0, wordsMax);
}

function queryWordsOf(where: readonly Condition[]): QueryWord[] {
  return where.flatMap((condition): readonly QueryWord[] => {
    if (condition.kind === 'anyOf')
      return queryWordsOf(condition.conditions).map((word) => ({ ...word, isOptional: true }));
    if (condition.kind !== 'text') return [];
    const marks = toMarkTerms([condition], [condition.field]);
    const label = `“${condition.text}${condition.match === 'prefix' ? '…' : ''}”`;
    return marks.length > 0 ? [{ label, fields: fieldsOf[condition.field], marks, isOptional: false }] : [];
  });
}

/** Returns the label of the first field that contains the word, or null. */
function fieldWith({ fields, marks }: QueryWord, paper: Paper): string | null {
  const match = fieldLabels.find(({ field }) => fields.includes(field) && isIn(field, paper, marks));
  if (match) return match.label;
  return fields.length > 1 && paper.tags.some((tag) => hasMarks(tag.label, marks)) ? topicLabel : null;
}

function isIn(field: (typeof fieldLabels)[number]['field'], paper: Paper, marks: readonly MarkTerm[]): boolean {
  switch (field) {
    case 'title':
      return isMarked(paper.title, marks);
    case 'abstract':
      return isMarked(paper.abstract, marks);
    case 'author':
      return paper.authors.some((author) => hasMarks(author, marks));
    case 'org':
      return paper.organization !== null && hasMarks(paper.organization, marks);
    default:
      return field satisfies never;
  }
}

/** Returns the parts of the trending formula: `score 3.54: 12 upvotes, 1 comment, listed on the latest day`. */
export function explainTrending(score: number, paper: Paper, today: Day): string {
  const counts = [toCountLabel(paper.upvotes ?? 0, 'upvote'), toCountLabel(paper.commentCount ?? 0, 'comment')];
  return `score ${score.toFixed(2)}: ${[...counts, ageOf(paper, today)].join(', ')}`;
}

function ageOf(paper: Paper, today: Day): string {
  const latest = paper.listings.reduce<Day | null>(
    (day, listing) => (day === null || listing.day > day ? listing.day : day),
    null,
  );
  const since = latest ?? (paper.publishedOn && publicationPeriod(paper.publishedOn).from);
  if (since === null) return 'undated';
  const days = Math.max(0, daysBetween(since, today));
  const verb = latest === null ? 'published' : 'listed';
  return days === 0 ? `${verb} on the latest day` : `${verb} ${toCountLabel(days, 'day')} before the latest`;
}
