/** Builds the view of the page `/api` from the operations of the OpenAPI document. */
import type { z } from 'zod';
import type { ApiOperationView, ApiPageView, ApiParameterView } from '#view/api-page-view.ts';
import { groupNotes, type Operation, operations } from './operations.ts';

/** `exampleId`: the id of an existing paper, for example requests. */
export function toApiPageView(siteUrl: string, exampleId: string): ApiPageView {
  return {
    url: `${siteUrl}/api`,
    groups: [...Map.groupBy(operations, ({ group }) => group)].map(([name, members]) => ({
      name,
      note: groupNotes[name],
      operations: members.map((operation) => toOperationView(operation, exampleId)),
    })),
    curl: `curl '${siteUrl}/api/v1/papers?q=has:code&sort=new&limit=5'`,
    python: `HF_ENDPOINT=${siteUrl} hf papers ls --limit 10`,
    mcp: `{ "mcpServers": { "paper-digest": { "type": "http", "url": "${siteUrl}/mcp" } } }`,
  };
}

function toOperationView({ path, summary, parameters }: Operation, exampleId: string): ApiOperationView {
  const href = path.replace('{id}', () => exampleId);
  return {
    path,
    summary: summary.replaceAll('`', ''),
    parameters: Object.entries(parameters.shape).map(([name, schema]) =>
      toParameterView(name, schema as z.ZodType, href),
    ),
    href,
  };
}

function toParameterView(name: string, schema: z.ZodType, href: string): ApiParameterView {
  const { description = '', examples } = schema.meta() ?? {};
  const example = Array.isArray(examples) ? String(examples[0]) : null;
  return {
    name,
    takes: description.replaceAll('`', ''),
    example:
      example === null
        ? null
        : { label: `${name}=${example}`, href: `${href}?${new URLSearchParams({ [name]: example })}` },
  };
}
