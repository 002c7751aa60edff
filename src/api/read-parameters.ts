/** Reads the parameters of API v1. */
import type { z } from 'zod';
import { AppError } from '#core/errors.ts';
import { nearest } from '#query/nearest.ts';

/** Parameters that mail links and Next's own requests add. */
const ignored = /^(?:utm_\w+|_rsc)$/;

/** Ignores empty values. Throws `bad_request` with the first repeated, unknown or malformed parameter. */
export function readParameters<T extends z.ZodObject>(schema: T, params: URLSearchParams): z.output<T> {
  const names = Object.keys(schema.shape);
  const values: Record<string, string> = {};
  for (const name of new Set(params.keys())) {
    if (ignored.test(name)) continue;
    if (!names.includes(name)) throw badRequest(name, unknownMessage(name, names));
    const [value = '', ...others] = params.getAll(name).filter((one) => one.trim() !== '');
    if (others.length > 0) throw badRequest(name, `The parameter “${name}” can be given once.`);
    if (value !== '') values[name] = value;
  }
  const parsed = schema.safeParse(values);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const name = String(issue?.path[0] ?? '');
  throw badRequest(name, `“${name}” takes ${schema.shape[name]?.description ?? 'something else'}.`);
}

function badRequest(parameter: string, message: string): AppError {
  return new AppError('bad_request', message, { parameter });
}

function unknownMessage(name: string, names: readonly string[]): string {
  const meant = nearest(name, names);
  const known = names.length === 0 ? ' This address takes none.' : '';
  return `There is no parameter “${name}”${meant ? `; did you mean “${meant}”?` : '.'}${known}`;
}
