/** Why a paper stands in a list: which of the wanted words are in it and where, or what its trending score is made of. */
import type { Condition, TextField } from '#core/condition.ts';
import { type Day, daysBetween, publicationPeriod } from '#core/day.ts';
import type { Paper } from '#core/paper.ts';
import { hasMarks, type MarkTerm, toMarkTerms } from './highlights.ts';
import { toCountLabel, toListLabel } from './labels.ts';
import { isMarked } from './text-segments.ts';

type Wanted = {
  readonly shown: string;
  readonly fields: readonly TextField[];
  readonly marks: readonly MarkTerm[];
  /** One of several joined by `OR`: nothing is missing without it. */
  readonly isOptional: boolean;
};

const fieldsOf: Readonly<Record<TextField, readonly TextField[]>> = {
  any: ['title', 'abstract', 'author'],
  title: ['title'],
  abstract: ['abstract'],
  author: ['author'],
  org: ['org'],
};
const places = [
  { field: 'title', said: 'in the title' },
  { field: 'abstract', said: 'in the abstract' },
  { field: 'author', said: 'among the authors' },
  { field: 'org', said: 'in the organisation' },
] as const;
const topicPlace = 'among the topics';
const wordsMax = 8;
/** Words that are looked for: of a long `OR` most are in no paper. */
const triedMax = 16;

/** `“decoder” in the title, “mamba” in the abstract, not “vision”`; each word once, at the first place it is found in. Empty without words. */
export function explainWords(where: readonly Condition[], paper: Paper): string {
  const found = new Map<string, string[]>();
  const missing: string[] = [];
  for (const { shown, place } of placesIn(where, paper)) {
    if (place === null) missing.push(shown);
    else found.set(place, [...(found.get(place) ?? []), shown]);
  }
  const said = [...places.map((place) => place.said), topicPlace].filter((place) => found.has(place));
  const parts = said.map((place) => `${toListLabel(found.get(place) ?? [])} ${place}`);
  return [...parts, ...(missing.length > 0 ? [`not ${toListLabel(missing, 'or')}`] : [])].join(', ');
}

function placesIn(
  where: readonly Condition[],
  paper: Paper,
): { readonly shown: string; readonly place: string | null }[] {
  const wanted = new Map(wantedIn(where).map((one) => [one.shown, one]));
  return [...wanted.values()]
    .slice(0, triedMax)
    .map((one) => ({ ...one, place: placeOf(one, paper) }))
    .filter(({ place, isOptional }) => place !== null || !isOptional)
    .slice(0, wordsMax);
}

function wantedIn(where: readonly Condition[]): Wanted[] {
  return where.flatMap((condition): readonly Wanted[] => {
    if (condition.kind === 'anyOf') return wantedIn(condition.conditions).map((one) => ({ ...one, isOptional: true }));
    if (condition.kind !== 'text') return [];
    const marks = toMarkTerms([condition], [condition.field]);
    const shown = `“${condition.text}${condition.match === 'prefix' ? '…' : ''}”`;
    return marks.length > 0 ? [{ shown, fields: fieldsOf[condition.field], marks, isOptional: false }] : [];
  });
}

function placeOf({ fields, marks }: Wanted, paper: Paper): string | null {
  const place = places.find(({ field }) => fields.includes(field) && isIn(field, paper, marks));
  if (place) return place.said;
  return fields.length > 1 && paper.tags.some((tag) => hasMarks(tag.label, marks)) ? topicPlace : null;
}

function isIn(field: (typeof places)[number]['field'], paper: Paper, marks: readonly MarkTerm[]): boolean {
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

/** `score 3.54: 12 upvotes, 1 comment, listed on the latest day`. The parts are those of the trending formula. */
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
