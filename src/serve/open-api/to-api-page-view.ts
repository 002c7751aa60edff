/** The API as its page shows it, from the same list of operations as the OpenAPI document. */
import type { z } from 'zod';
import type { ApiOperationView, ApiPageView } from '#serve/view/api-page-view';
import { type Operation, operations } from './operations.ts';

const notes: Readonly<Record<Operation['group'], string>> = {
  Papers: 'Errors are problem documents (RFC 9457) that name the parameter; one that is not known is an error.',
  'Hugging Face':
    'In the words of the Hugging Face papers API, so that its clients work with this address instead. Errors are { "error": … }.',
  'This instance': 'How it is.',
};

export function toApiPageView(siteUrl: string): ApiPageView {
  return {
    groups: [...Map.groupBy(operations, ({ group }) => group)].map(([name, members]) => ({
      name,
      note: notes[name],
      operations: members.map(toOperationView),
    })),
    curl: `curl '${siteUrl}/api/v1/papers?q=has:code&sort=new&limit=5'`,
    python: `HF_ENDPOINT=${siteUrl} hf papers ls --limit 10`,
    mcp: `{ "mcpServers": { "paper-digest": { "type": "http", "url": "${siteUrl}/mcp" } } }`,
  };
}

function toOperationView({ path, summary, parameters }: Operation): ApiOperationView {
  return {
    path,
    summary: summary.replaceAll('`', ''),
    parameters: Object.entries(parameters.shape).map(([name, schema]) => ({ name, takes: takes(schema as z.ZodType).replaceAll('`', '') })),
    example: path.includes('{') ? null : path,
  };
}

function takes(schema: z.ZodType): string {
  return schema.description ?? '';
}
