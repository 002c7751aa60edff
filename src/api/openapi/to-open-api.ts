/** Builds the OpenAPI 3.1 document from the schemas that parse requests and test responses. */
import { z } from 'zod';
import {
  HfDailyPaperSchema,
  HfErrorSchema,
  HfListedPaperSchema,
  HfOrganizationSchema,
  HfPaperInfoSchema,
  HfPaperSchema,
  HfUserSchema,
} from '#api/hf/responses.ts';
import {
  ApiFacetsSchema,
  ApiPaperListSchema,
  ApiPaperSchema,
  ApiRelatedSchema,
  ApiSuggestionsSchema,
  ApiTagListSchema,
  ProblemDocumentSchema,
} from '#view/api-schemas.ts';
import { groupNotes, type Operation, operations } from './operations.ts';

type Json = { readonly [name: string]: unknown };

const named = {
  Paper: ApiPaperSchema,
  PaperList: ApiPaperListSchema,
  Facets: ApiFacetsSchema,
  RelatedPapers: ApiRelatedSchema,
  TagList: ApiTagListSchema,
  Suggestions: ApiSuggestionsSchema,
  Problem: ProblemDocumentSchema,
  HfPaper: HfPaperSchema,
  HfDailyPaper: HfDailyPaperSchema,
  HfListedPaper: HfListedPaperSchema,
  HfPaperInfo: HfPaperInfoSchema,
  HfUser: HfUserSchema,
  HfOrganization: HfOrganizationSchema,
  HfError: HfErrorSchema,
} satisfies Readonly<Record<string, z.ZodType>>;

const uri = (id: string): string => `#/components/schemas/${id}`;

export function toOpenApi(siteUrl: string): Json {
  return {
    openapi: '3.1.1',
    info: {
      title: 'Paper Digest',
      version: '1',
      summary: 'A daily digest of research papers, searchable and filtered.',
      description:
        'Everything is public and read by GET. Answers carry an ETag, which stays as long as the store does.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: siteUrl }],
    // The API has no authentication.
    security: [],
    tags: Object.entries(groupNotes).map(([name, description]) => ({ name, description })),
    paths: Object.fromEntries(operations.map((operation) => [operation.path, { get: toOperation(operation) }])),
    components: {
      schemas: Object.fromEntries(Object.entries(named).map(([id, schema]) => [id, toSchema(schema, id)])),
    },
  };
}

function toOperation(operation: Operation): Json {
  const {
    id,
    summary,
    group,
    parameters,
    path,
    answer,
    contentType = 'application/json',
    hasEtag = true,
    errors,
  } = operation;
  const inPath = path.includes('{id}')
    ? [
        {
          name: 'id',
          in: 'path',
          required: true,
          description: 'Slashes of old arXiv ids (`hep-th/9901001`) stay slashes.',
          schema: { type: 'string' },
          example: '2405.14906',
        },
      ]
    : [];
  return {
    operationId: id,
    summary,
    tags: [group],
    parameters: [
      ...inPath,
      ...Object.entries(parameters.shape).map(([name, schema]) => toParameter(name, schema as z.ZodType)),
    ],
    responses: {
      200: { description: 'The answer.', content: { [contentType]: { schema: toSchema(answer) } } },
      ...(hasEtag ? { 304: { description: 'As it was when the ETag of `If-None-Match` was given.' } } : {}),
      ...Object.fromEntries(errors.map((status) => [status, toError(status, group)])),
    },
  };
}

function toParameter(name: string, schema: z.ZodType): Json {
  const { description, ...rest } = toSchema(schema);
  return { name, in: 'query', required: false, ...(description ? { description } : {}), schema: rest };
}

const meanings = {
  400: 'A parameter is unknown or malformed.',
  404: 'There is no such paper here.',
  503: 'The store does not answer.',
} as const;

function toError(status: keyof typeof meanings, group: Operation['group']): Json {
  const isHf = group === 'Hugging Face';
  const content = {
    [isHf ? 'application/json' : 'application/problem+json']: { schema: { $ref: uri(isHf ? 'HfError' : 'Problem') } },
  };
  return { description: meanings[status], content };
}

/** Returns a JSON Schema in which every named schema except `self` is a reference. */
function toSchema(schema: z.ZodType, self?: string): Json {
  const names = new Map<unknown, string>(Object.entries(named).map(([id, one]) => [one, id]));
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    io: 'output',
    override: ({ zodSchema, jsonSchema }) => {
      // Drop zod's additions: the limits of safe integers, and `readOnly`, which describes our types only.
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      delete jsonSchema.readOnly;
      const id = names.get(zodSchema);
      if (id === undefined || id === self) return;
      for (const key of Object.keys(jsonSchema)) delete jsonSchema[key as keyof typeof jsonSchema];
      jsonSchema.$ref = uri(id);
    },
  });
  return json;
}
