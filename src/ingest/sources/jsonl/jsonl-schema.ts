/** Schema of a JSON line: the fields of docs/jsonl.md and their aliases in bulk datasets. */
import { z } from 'zod';
import { DaySchema, parseDay } from '#core/day.ts';
import { linkKinds } from '#core/paper.ts';

const text = z.string().nullish();
const count = z.int('a whole number is expected').min(0, 'a count is never negative').nullish();

/** A name, an object with a name, or null for a lost name. */
const author = z.union(
  [z.string(), z.null(), z.object({ name: z.string().nullish() })],
  'a name, or an object with a name, is expected',
);
/** A list, or a text to split at `separator`. */
const words = (separator: RegExp) =>
  z
    .union(
      [z.array(z.string().nullable()).max(1_000), z.string().transform((value) => value.split(separator))],
      'a list of texts is expected',
    )
    .nullish();

/** Truncates a time to its day and a month to its year. The store has no partial days. */
const publicationDate = z
  .union([z.string(), z.int()], 'a day (YYYY-MM-DD) or a year (YYYY) is expected')
  .transform((value, context) => {
    const date = String(value).trim();
    const day = parseDay(/^\d{4}-\d{2}-\d{2}(?=T|\s|$)/.exec(date)?.[0] ?? '');
    if (day) return day as string;
    if (/^\d{4}(?:-(?:0[1-9]|1[0-2]))?$/.test(date)) return date.slice(0, 4);
    context.addIssue({ code: 'custom', message: `“${date.slice(0, 40)}” is no day (YYYY-MM-DD) and no year (YYYY)` });
    return z.NEVER;
  });

export const JsonlPaperSchema = z.object(
  {
    id: z.string('a text is expected').max(500, 'an id has at most 500 characters').nullish(),
    /** The id is only a slug of the title. No source assigned it. */
    idFromTitle: z.boolean('true or false is expected').nullish(),
    title: z.string('a title is missing'),
    abstract: text,
    authors: z.union([z.array(author), z.string()], 'a list of names is expected').nullish(),
    authorCount: count,
    organization: z.union([z.string(), z.object({ name: z.string() })], 'a name is expected').nullish(),
    publishedOn: publicationDate.nullish(),
    date: publicationDate.nullish(),
    listings: z
      .array(z.object({ source: z.string().min(1).max(100).nullish(), day: DaySchema, position: z.int().min(1) }))
      .max(10_000)
      .nullish(),
    upvotes: count,
    commentCount: count,
    links: z
      .array(z.object({ kind: z.enum(linkKinds), url: z.string().max(2_000) }))
      .max(1_000)
      .nullish(),
    categories: words(/[\s,;]+/),
    keywords: words(/[,;]/),
    comment: text,
    withdrawn: z.boolean('true or false is expected').nullish(),
    status: z.string().nullish(),
    aliases: words(/\s+/),
    also: words(/\s+/),
    fetchedAt: z.iso.datetime({ offset: true, error: 'a time (2025-12-16T08:00:00Z) is expected' }).nullish(),
    version: z.int('a whole number is expected').min(1, 'a version is 1 or more').nullish(),
  },
  'a JSON object is expected',
);
export type JsonlPaper = z.infer<typeof JsonlPaperSchema>;
