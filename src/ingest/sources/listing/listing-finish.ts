/** The last step of parsing a listing: resolves days, merges repeats, numbers papers and rejects invalid ones. */
import type { Day } from '#core/day.ts';
import { explainIssue } from '#ingest/explain-issue.ts';
import { SourceRefused } from '#ingest/source.ts';
import { resolveDate, resolveHeader, resolveUndated } from './listing-days.ts';
import {
  type Draft,
  type ListingContext,
  type RawListingPaper,
  RawListingPaperSchema,
  type RejectedEntry,
  type Section,
} from './listing-paper.ts';

export type Entry = RawListingPaper | RejectedEntry;
type DayDraft = Draft & { readonly day: Day | null };

/** Returns all entries in line order. `isDayRequired`: throws for a page without a day. */
export function finishSections(
  sections: readonly Section[],
  context: ListingContext,
  isDayRequired: boolean,
): { readonly day: Day | null; readonly entries: readonly Entry[] } {
  rejectWrongDay(sections, context);
  const days = sections.map((section) => findDay(section, context));
  const day = days.find((each) => each !== null) ?? null;
  if (isDayRequired && !day) throw new SourceRefused(explainMissingDay(sections));
  const drafts = sections.flatMap((section, i) =>
    section.papers.map((paper): DayDraft => ({ ...paper, day: days[i] ?? null })),
  );
  const rejected = sections.flatMap((section) => section.rejected);
  if (drafts.length + rejected.length === 0) {
    throw new SourceRefused(
      'The listing has no papers; paste the whole page of daily papers, from its title to its end.',
    );
  }
  const lastPositions = new Map<Day, number>();
  const written = sections.flatMap(({ papers }) => writtenYears(papers));
  const papers = mergeRepeats(drafts).map((draft) => finishPaper(draft, written, { ...context, lastPositions }));
  return { day, entries: [...rejected, ...papers].sort((a, b) => a.line - b.line) };
}

function rejectWrongDay(sections: readonly Section[], { day, today }: ListingContext): void {
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
  const first = sections.flatMap(({ papers, rejected }) => [...papers, ...rejected]).sort((a, b) => a.line - b.line)[0];
  return `Line ${first?.line ?? 1}: no day like “Dec 16” stands alone above the first paper; give it with --day YYYY-MM-DD.`;
}

/** A page may show a paper twice. Keeps the first position and fills its gaps from the repeat. */
function mergeRepeats(drafts: readonly DayDraft[]): DayDraft[] {
  const merged = new Map<string, DayDraft>();
  for (const draft of drafts) {
    const key = JSON.stringify([draft.day, draft.title, draft.abstract]);
    const first = merged.get(key);
    merged.set(key, first ? fillGaps(first, draft) : draft);
  }
  return [...merged.values()];
}

function fillGaps(first: DayDraft, repeat: DayDraft): DayDraft {
  const known = Object.entries(first).filter(([, value]) => value !== null);
  return { ...repeat, ...Object.fromEntries(known) };
}

type FinishContext = ListingContext & { readonly lastPositions: Map<Day, number> };

function finishPaper({ day, date, ...draft }: DayDraft, written: readonly number[], context: FinishContext): Entry {
  const { line, title } = draft;
  const published = date && (day ? resolveDate(date, day) : resolveUndated(date, written, context));
  if (date && !published)
    return { line, reason: `“${date.text}” in line ${date.line} is no day of the calendar`, title };
  const position = day ? (context.lastPositions.get(day) ?? 0) + 1 : 0;
  const parsed = RawListingPaperSchema.safeParse({ ...draft, published, listed: day && { day, position } });
  if (!parsed.success) return { line, reason: explainIssue(parsed.error), title: title.slice(0, 80) };
  if (day) context.lastPositions.set(day, position);
  return parsed.data;
}
