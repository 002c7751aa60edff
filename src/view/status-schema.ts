/** The schema of the page `/status` and of `GET /api/v1/status`. */
import { z } from 'zod';

const sourceStates = ['fresh', 'waiting', 'quiet', 'stalled', 'failed', 'manual'] as const;
export type SourceStateName = (typeof sourceStates)[number];

const DateViewSchema = z.object({ datetime: z.string(), label: z.string() });

export const StatusViewSchema = z.object({
  line: z.string().describe('The one line of the home page.'),
  papersLabel: z.string(),
  trouble: z.string().describe('What somebody should look at; empty when all is well.'),
  sources: z
    .array(
      z.object({
        name: z.string(),
        label: z.string(),
        state: z.enum(sourceStates),
        sentence: z.string(),
        answered: DateViewSchema.nullable().describe('When it last answered.'),
        latest: DateViewSchema.extend({ href: z.string() }).nullable().describe('The newest day it gave papers for.'),
      }),
    )
    .readonly(),
  runs: z
    .array(
      z.object({
        id: z.int(),
        source: z.string(),
        label: z.string(),
        subject: z.string(),
        started: DateViewSchema,
        outcome: z.string(),
        read: z.int(),
        added: z.int(),
        updated: z.int(),
        unchanged: z.int(),
        rejected: z.int(),
        failure: z.string().nullable(),
        rejections: z
          .array(z.object({ place: z.string(), title: z.string().nullable(), reason: z.string() }))
          .readonly()
          .describe('The first of them.'),
      }),
    )
    .readonly()
    .describe('The last ones, the newest first.'),
  emptyDays: z
    .array(
      z.object({
        day: DateViewSchema,
        reasons: z
          .array(
            z.object({
              reason: z.string(),
              label: z.string().describe('Whose it is, where the reason does not say so.'),
            }),
          )
          .readonly(),
      }),
    )
    .readonly(),
});
export type StatusView = Readonly<z.infer<typeof StatusViewSchema>>;
