/** The parameters of the Hugging Face papers API. Unknown ones are ignored, as Hugging Face does. */
import { z } from 'zod';
import { ListingDaySchema } from '#core/day.ts';
import { AppError } from '#core/errors.ts';
import { parsePeriodScope } from '#query/scope.ts';

const count = (max: number) => z.coerce.number().int().min(1).max(max);
const period = (kind: 'week' | 'month', form: RegExp) =>
  z
    .string()
    .regex(form)
    .refine((text) => parsePeriodScope(kind, text) !== null, `Invalid ${kind}: there are ${kind}s from 1900 to 2199`)
    .optional();

export const DailyParametersSchema = z.object({
  p: z.coerce
    .number()
    .int()
    .min(0)
    .default(0)
    .meta({ description: 'The page, from 0.', examples: [1] }),
  limit: count(100)
    .default(50)
    .meta({ description: 'The number of papers, from 1 to 100.', examples: [10] }),
  sort: z
    .enum(['publishedAt', 'trending'])
    .default('publishedAt')
    .meta({ description: '`publishedAt` or `trending`; the latter goes over all days.', examples: ['trending'] }),
  date: ListingDaySchema.optional().meta({
    description: 'The day the papers were listed; the most upvoted first.',
    examples: ['2025-12-16'],
  }),
  week: period('week', /^\d{4}-W\d{2}$/).meta({
    description: 'The ISO week they were listed in.',
    examples: ['2025-W51'],
  }),
  month: period('month', /^\d{4}-\d{2}$/).meta({
    description: 'The month they were listed in.',
    examples: ['2025-12'],
  }),
  submitter: z
    .string()
    .optional()
    .meta({ description: 'Everything here is submitted by `paper-digest`.', examples: ['paper-digest'] }),
});
export type DailyParameters = z.infer<typeof DailyParametersSchema>;

export const SearchParametersSchema = z.object({
  q: z
    .string()
    .max(250)
    .default('')
    .meta({ description: 'Plain words. Without any: the papers listed last.', examples: ['speculative decoding'] }),
  limit: count(120)
    .default(120)
    .meta({ description: 'The number of papers, from 1 to 120.', examples: [10] }),
});

export const ListParametersSchema = z.object({
  cursor: z.string().optional().describe('From the `Link` of an earlier answer.'),
  limit: count(100)
    .default(100)
    .meta({ description: 'The number of papers, from 1 to 100.', examples: [10] }),
});

/** Reads the first value of each parameter and ignores empty ones. Throws `bad_request` with all errors. */
export function readParameters<T extends z.ZodType>(schema: T, params: URLSearchParams): z.output<T> {
  const entries = [...new Set(params.keys())].flatMap((name) =>
    params.get(name) ? [[name, params.get(name)] as const] : [],
  );
  const parsed = schema.safeParse(Object.fromEntries(entries));
  if (!parsed.success) throw new AppError('bad_request', z.prettifyError(parsed.error));
  return parsed.data;
}
