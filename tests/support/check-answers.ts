/** Validates responses against an OpenAPI document with Ajv. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

type Responses = Readonly<Record<string, { readonly content?: Readonly<Record<string, { readonly schema: object }>> }>>;
type Described = { readonly paths: Readonly<Record<string, { readonly get: { readonly responses: Responses } }>> };

/** Creates a function that returns the error in a response, or null if the response is valid. */
export function createAnswerCheck(document: object) {
  const ajv = new Ajv2020({ strict: false, allErrors: false });
  addFormats.default(ajv);
  ajv.addSchema({ ...document, $id: 'https://document.example/' });
  const { paths } = document as Described;
  return (
    path: string,
    response: { readonly status: number; readonly type: string; readonly text: string },
  ): string | null => {
    const { status, text } = response;
    const type = response.type.split(';')[0] ?? '';
    const content = paths[path]?.get.responses[status]?.content;
    if (!content?.[type]) return `${status} as ${type} is not described`;
    const pointer = ['paths', path, 'get', 'responses', String(status), 'content', type, 'schema']
      .map(escapePointer)
      .join('/');
    const validate = ajv.getSchema(`https://document.example/#/${pointer}`);
    if (!validate) return `the schema of ${status} cannot be found`;
    const body: unknown = type.endsWith('json') ? JSON.parse(text) : text;
    return validate(body) ? null : ajv.errorsText(validate.errors);
  };
}

const escapePointer = (part: string): string => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
