/** `GET /api/v1/suggest`: completions for the search box: qualifiers, values, topics and authors. */

import { readParameters } from '#api/read-parameters.ts';
import type { Suggester } from '#core/ports/papers.ts';
import { applyCompletion, type Completion, completeQuery } from '#query/complete-query.ts';
import { formatQueryText } from '#query/format-query.ts';
import type { Library } from '#read/library.ts';
import type { ApiSuggestions, OpenSearchSuggestions } from '#view/api-schemas.ts';
import { SuggestParametersSchema } from './parameters.ts';

type Suggestion = ApiSuggestions['suggestions'][number];

/** A suggestion before it is inserted into the text. */
type Option = Pick<Suggestion, 'kind' | 'value' | 'label' | 'count'>;

const optionsMax = 10;
const prefixLengthMin = 2;

export async function suggestForApi(
  { suggester }: Pick<Library, 'suggester'>,
  params: URLSearchParams,
): Promise<ApiSuggestions> {
  const { q, at = q.length } = readParameters(SuggestParametersSchema, params);
  const completion = completeQuery(q, Math.min(at, q.length));
  const options = completion === null ? [] : await findOptions(suggester, completion);
  return {
    span: completion?.span ?? null,
    suggestions: options.slice(0, optionsMax).map((option) => ({ ...option, ...toResult(q, completion, option) })),
  };
}

/** Returns suggestions for browsers (OpenSearch Suggestions 1.1): query, completed queries, descriptions. */
export async function suggestForOpenSearch(
  library: Pick<Library, 'suggester'>,
  params: URLSearchParams,
): Promise<OpenSearchSuggestions> {
  const { suggestions } = await suggestForApi(library, params);
  const words = suggestions.map(({ count, label }) => (count === null ? label : `${label} (${count})`));
  return [params.get('q') ?? '', suggestions.map((suggestion) => suggestion.text.trim()), words];
}

function toResult(
  q: string,
  completion: Completion | null,
  { value }: Option,
): { readonly text: string; readonly caret: number } {
  return completion === null ? { text: q, caret: q.length } : applyCompletion(q, completion, value);
}

async function findOptions(suggester: Suggester, { kind, prefix, options }: Completion): Promise<readonly Option[]> {
  const known = options.map((value): Option => ({ kind, value, label: value, count: null }));
  switch (kind) {
    case 'value':
      return known;
    case 'tag':
      return await findTags(suggester, prefix, (slug) => slug);
    case 'author':
      return await findAuthors(suggester, prefix, quoteName);
    case 'qualifier':
      // A bare word can be the prefix of a qualifier, topic or author.
      if (prefix.length < prefixLengthMin) return known;
      return [
        ...known,
        ...(await findTags(suggester, prefix, (slug) => `tag:${slug}`)),
        ...(await findAuthors(suggester, prefix, (name) => `author:${quoteName(name)}`)),
      ];
    default:
      return kind satisfies never;
  }
}

async function findTags(suggester: Suggester, prefix: string, write: (slug: string) => string): Promise<Option[]> {
  const tags = await suggester.complete({ kind: 'tag', prefix, limit: optionsMax });
  return tags.map(({ value, ...tag }) => ({ kind: 'tag', value: write(value), ...tag }));
}

async function findAuthors(suggester: Suggester, prefix: string, write: (name: string) => string): Promise<Option[]> {
  const authors = await suggester.complete({ kind: 'author', prefix, limit: optionsMax });
  return authors.map(({ value, ...author }) => ({ kind: 'author', value: write(value), ...author }));
}

/** Returns the value for exactly this name: `="Jane Doe"`. */
function quoteName(name: string): string {
  return formatQueryText({ where: [{ kind: 'authorName', name }], sort: null, page: 1 }).replace(/^\w+:/, '');
}
