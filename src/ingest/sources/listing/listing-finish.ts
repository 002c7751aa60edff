/** The last step of reading a listing: its days are settled, repeats folded, places counted, what cannot be a paper refused. */
import type { Day } from '#core/day.ts';
import { explainIssue } from '#ingest/explain-issue.ts';
import { SourceRefused } from '#ingest/source.ts';
import { resolveDate, resolveHeader, resolveUndated } from './listing-days.ts';
import {
  type Draft,
  type ListingContext,
  type RawListingPaper,
  RawListingPaperSchema,
  type Refused,
  type Section,
} from './listing-paper.ts';

export type Entry = RawListingPaper | Refused;
type DayDraft = Draft & { readonly day: Day | null };

/** All entries in the order of their lines. `isDayRequired`: a page that names no day is refused rather than taken as a list of no day. */
export function finishSections(
  sections: readonly Section[],
  context: ListingContext,
  isDayRequired: boolean,
): { readonly day: Day | null; readonly entries: readonly Entry[] } {
  refuseWrongDay(sections, context);
  const days = sections.map((section) => findDay(section, context));
  const day = days.find((one) => one !== null) ?? null;
  if (isDayRequired && !day) throw new SourceRefused(explainMissingDay(sections));
  const drafts = sections.flatMap((section, i) =>
    section.papers.map((paper): DayDraft => ({ ...paper, day: days[i] ?? null })),
  );
  const refused = sections.flatMap((section) => section.refused);
  if (drafts.length + refused.length === 0) {
    throw new SourceRefused(
      'The listing has no papers; paste the whole page of daily papers, from its title to its end.',
    );
  }
  const places = new Map<Day, number>();
  const written = sections.flatMap(({ papers }) => writtenYears(papers));
  const papers = foldRepeats(drafts).map((draft) => finishPaper(draft, written, { ...context, places }));
  return { day, entries: [...refused, ...papers].sort((a, b) => a.line - b.line) };
}

function refuseWrongDay(sections: readonly Section[], { day, today }: ListingContext): void {
  if (!day) return;
  if (day > today)
    throw new SourceRefused(`The day ${day} lies in the future; give the day on which the papers were listed.`);
  const named = new Set(sections.flatMap(({ header }) => (header ? [header.text] : [])));
  if (named.size > 1) {
    throw new SourceRefused(
      `The file holds the listings of ${named.size} days (${[...named].join(', ')}), which cannot all be of ${day}; leave the day out.`,
    );
  }
}

function findDay({ header, papers }: Section, context: ListingContext): Day | null {
  return context.day ?? (header ? resolveHeader(header, writtenYears(papers), context) : null);
}

const writtenYears = (papers: readonly Draft[]): number[] =>
  papers.flatMap(({ date }) => (date?.year ? [date.year] : []));

function explainMissingDay(sections: readonly Section[]): string {
  const first = sections.flatMap(({ papers, refused }) => [...papers, ...refused]).sort((a, b) => a.line - b.line)[0];
  return `Line ${first?.line ?? 1}: no day like “Dec 16” stands alone above the first paper; give it with --day YYYY-MM-DD.`;
}

/** A page may show a paper twice: the first place counts, and what only the repeat says is added. */
function foldRepeats(drafts: readonly DayDraft[]): DayDraft[] {
  const folded = new Map<string, DayDraft>();
  for (const draft of drafts) {
    const key = JSON.stringify([draft.day, draft.title, draft.abstract]);
    const first = folded.get(key);
    folded.set(key, first ? fillGaps(first, draft) : draft);
  }
  return [...folded.values()];
}

function fillGaps(first: DayDraft, repeat: DayDraft): DayDraft {
  const said = Object.entries(first).filter(([, value]) => value !== null);
  return { ...repeat, ...Object.fromEntries(said) };
}

type Finishing = ListingContext & { readonly places: Map<Day, number> };

function finishPaper({ day, date, ...draft }: DayDraft, written: readonly number[], context: Finishing): Entry {
  const { line, title } = draft;
  const published = date && (day ? resolveDate(date, day) : resolveUndated(date, written, context));
  if (date && !published)
    return { line, reason: `“${date.text}” in line ${date.line} is no day of the calendar`, title };
  const position = day ? (context.places.get(day) ?? 0) + 1 : 0;
  const parsed = RawListingPaperSchema.safeParse({ ...draft, published, listed: day && { day, position } });
  if (!parsed.success) return { line, reason: explainIssue(parsed.error), title: title.slice(0, 80) };
  if (day) context.places.set(day, position);
  return parsed.data;
}
