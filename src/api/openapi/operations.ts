/** All operations of the API, with the schemas of their parameters and responses. */
import { z } from 'zod';
import { DailyParametersSchema, ListParametersSchema, SearchParametersSchema } from '#api/hf/parameters.ts';
import { HfDailyPaperSchema, HfListedPaperSchema, HfPaperInfoSchema, HfReposSchema } from '#api/hf/responses.ts';
import {
  NoParametersSchema,
  PaperParametersSchema,
  RelatedParametersSchema,
  SuggestParametersSchema,
} from '#api/v1/parameters.ts';
import {
  ApiDayListSchema,
  ApiPaperListSchema,
  ApiPaperSchema,
  ApiRelatedSchema,
  ApiSuggestionsSchema,
  ApiTagListSchema,
  OpenSearchSuggestionsSchema,
} from '#view/api-schemas.ts';
import { PaletteSchema } from '#view/palette.ts';
import { StatusViewSchema } from '#view/status-schema.ts';

export type Operation = {
  /** Slashes in the `{id}` of old arXiv ids stay slashes. */
  readonly path: string;
  readonly id: string;
  readonly summary: string;
  readonly group: 'Papers' | 'Hugging Face' | 'This instance';
  readonly parameters: z.ZodObject;
  readonly answer: z.ZodType;
  readonly contentType?: string;
  /** False for responses that depend on the clock; they never get status 304. */
  readonly hasEtag?: false;
  /** Possible error statuses. */
  readonly errors: readonly (400 | 404 | 503)[];
};

export const groupNotes: Readonly<Record<Operation['group'], string>> = {
  Papers: 'Errors are problem documents (RFC 9457) that name the parameter; one that is not known is an error.',
  'Hugging Face':
    'In the words of the Hugging Face papers API, so that its clients work with this address instead. Errors are { "error": … }.',
  'This instance': 'How it is.',
};

const jsonText = z.string();

const own: readonly Omit<Operation, 'group'>[] = [
  {
    path: '/api/v1/papers',
    id: 'listPapers',
    summary:
      'Every list as JSON, with the parameters of the page. Follow `next` to read it whole: papers that come in meanwhile neither repeat nor hide any.',
    parameters: PaperParametersSchema,
    answer: ApiPaperListSchema,
    errors: [400],
  },
  {
    path: '/api/v1/papers/{id}',
    id: 'getPaper',
    summary: 'One paper, by its id or an alias.',
    parameters: NoParametersSchema,
    answer: ApiPaperSchema,
    errors: [400, 404],
  },
  {
    path: '/api/v1/papers/{id}/related',
    id: 'listRelatedPapers',
    summary: 'Papers like one, with what both have. None while the search index loads.',
    parameters: RelatedParametersSchema,
    answer: ApiRelatedSchema,
    errors: [400, 404],
  },
  {
    path: '/api/v1/tags',
    id: 'listTags',
    summary: 'Topics and arXiv categories with their counts and course.',
    parameters: NoParametersSchema,
    answer: ApiTagListSchema,
    errors: [400],
  },
  {
    path: '/api/v1/days',
    id: 'listDays',
    summary: 'Days with listed papers.',
    parameters: NoParametersSchema,
    answer: ApiDayListSchema,
    errors: [400],
  },
  {
    path: '/api/v1/suggest',
    id: 'suggest',
    summary: 'What one may be typing in the search box.',
    parameters: SuggestParametersSchema,
    answer: ApiSuggestionsSchema,
    errors: [400],
  },
  {
    path: '/api/v1/suggest/opensearch',
    id: 'suggestForBrowsers',
    summary: 'The same for a browser’s address bar (OpenSearch Suggestions).',
    parameters: SuggestParametersSchema,
    answer: OpenSearchSuggestionsSchema,
    contentType: 'application/x-suggestions+json',
    errors: [400],
  },
  {
    path: '/api/v1/status',
    id: 'getStatus',
    summary: 'How fresh each source is, the last runs, and why days have no papers.',
    parameters: NoParametersSchema,
    answer: StatusViewSchema,
    hasEtag: false,
    errors: [400],
  },
  {
    path: '/api/v1/palette',
    id: 'getPalette',
    summary: 'What the command palette searches.',
    parameters: NoParametersSchema,
    answer: PaletteSchema,
    errors: [400],
  },
];

const huggingFace: readonly Omit<Operation, 'group'>[] = [
  {
    path: '/api/daily_papers',
    id: 'listDailyPapers',
    summary: 'Papers listed on a day, in a week or month, or at all. The next page is in the `Link` header.',
    parameters: DailyParametersSchema,
    answer: z.array(HfDailyPaperSchema),
    errors: [400],
  },
  {
    path: '/api/papers/search',
    id: 'searchDailyPapers',
    summary: 'Papers with the words, the most relevant first.',
    parameters: SearchParametersSchema,
    answer: z.array(HfDailyPaperSchema),
    errors: [400],
  },
  {
    path: '/api/papers',
    id: 'listPublishedPapers',
    summary: 'Every paper, the newest first. The next page is in the `Link` header.',
    parameters: ListParametersSchema,
    answer: z.array(HfListedPaperSchema),
    errors: [400],
  },
  {
    path: '/api/papers/{id}',
    id: 'getPaperInfo',
    summary: 'One paper, by its id.',
    parameters: NoParametersSchema,
    answer: HfPaperInfoSchema,
    errors: [400, 404],
  },
  {
    path: '/api/papers/{id}.md',
    id: 'getPaperMarkdown',
    summary: 'The paper as Markdown; also at `/papers/{id}.md`, and at `/papers/{id}` for `Accept: text/markdown`.',
    parameters: NoParametersSchema,
    answer: jsonText,
    contentType: 'text/markdown',
    errors: [400, 404],
  },
  {
    path: '/api/arxiv/{id}/repos',
    id: 'listRepos',
    summary: 'Models, data sets and spaces of a paper: none here.',
    parameters: NoParametersSchema,
    answer: HfReposSchema,
    errors: [400, 404],
  },
];

const instance: readonly Omit<Operation, 'group'>[] = [
  {
    path: '/api/health',
    id: 'getHealth',
    summary: 'Whether the store answers.',
    parameters: NoParametersSchema,
    answer: z.object({ status: z.literal('ok'), revision: z.int() }),
    hasEtag: false,
    errors: [503],
  },
];

export const operations: readonly Operation[] = [
  ...own.map((operation) => ({ ...operation, group: 'Papers' as const })),
  ...huggingFace.map((operation) => ({ ...operation, group: 'Hugging Face' as const })),
  ...instance.map((operation) => ({ ...operation, group: 'This instance' as const })),
];
