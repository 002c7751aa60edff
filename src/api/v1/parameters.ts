/** The parameters of API v1. Error messages and the OpenAPI document both use their descriptions. */
import { z } from 'zod';
import { sortKeys } from '#core/condition.ts';
import { filters } from '#query/filters/index.ts';
import { sortName } from '#query/sort.ts';
import { relatedPool, relatedSorts } from '#view/paper/related-order.ts';

const number = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .pipe(z.int().min(min).max(max));

export const PageParametersSchema = z.object({
  limit: number(1, 100)
    .default(30)
    .meta({ description: 'a number from 1 to 100', examples: [10] }),
  cursor: z.string().max(100).optional().describe('the “next” of an earlier answer'),
});

export const RelatedParametersSchema = z.object({
  limit: number(1, 50)
    .default(10)
    .meta({ description: 'a number from 1 to 50', examples: [5] }),
  sort: z
    .enum(relatedSorts)
    .default('similarity')
    .meta({
      description: `one of ${relatedSorts.join(', ')}; the newest or most upvoted are those among the ${relatedPool} most alike`,
      examples: ['new'],
    }),
});

export const SuggestParametersSchema = z.object({
  q: z
    .string()
    .max(1000)
    .default('')
    .meta({ description: 'the text of the search box, at most 1000 characters', examples: ['author:a'] }),
  at: number(0, 1000)
    .optional()
    .meta({ description: 'the place of the caret in it, from 0; its end when left out', examples: [8] }),
});

export const NoParametersSchema = z.object({});

/** Example for `tag`, the only filter whose values depend on the store. */
const exampleTopic = 'large-language-models';

/** Documents the parameters that `parsePaperQuery` reads, from the registry of filters. */
export const PaperParametersSchema = z.object({
  q: z
    .string()
    .optional()
    .meta({
      description: 'words and qualifiers, as in the search box',
      examples: ['"language model" -vision authors:1..5'],
    }),
  ...Object.fromEntries(
    filters.flatMap(({ parameter, qualifiers: [name], forms, values: [example = exampleTopic] }) =>
      parameter === null || name === undefined
        ? []
        : [
            [
              name,
              (parameter === 'repeated' ? z.array(z.string()) : z.string())
                .optional()
                .meta({ description: forms, examples: [parameter === 'repeated' ? [example] : example] }),
            ] as const,
          ],
    ),
  ),
  [sortName]: z
    .enum(sortKeys)
    .optional()
    .meta({
      description: 'the order; relevance when words are asked for, else the newest first',
      examples: ['upvotes'],
    }),
  ...PageParametersSchema.shape,
});
