/** Parameters of our own API: what is unknown or malformed is an error that names it. */
import type { z } from 'zod';
import { AppError } from '#core/errors.ts';
import { nearest } from '#query/nearest.ts';

/** What links from mails add means nothing and is no mistake. */
const ignored = /^(?:utm_\w+|_rsc)$/;

/** Each at most once, empty ones count as not given; throws `bad_request` naming the first that is wrong. */
export function readParameters<T extends z.ZodObject>(schema: T, params: URLSearchParams): z.output<T> {
  const names = Object.keys(schema.shape);
  const given: Record<string, string> = {};
  for (const name of new Set(params.keys())) {
    if (ignored.test(name)) continue;
    if (!names.includes(name)) throw refusal(name, unknownMessage(name, names));
    const [value = '', ...others] = params.getAll(name).filter((one) => one.trim() !== '');
    if (others.length > 0) throw refusal(name, `The parameter “${name}” can be given once.`);
    if (value !== '') given[name] = value;
  }
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const name = String(issue?.path[0] ?? '');
  throw refusal(name, `“${name}” takes ${schema.shape[name]?.description ?? 'something else'}.`);
}

function refusal(parameter: string, message: string): AppError {
  return new AppError('bad_request', message, { parameter });
}

function unknownMessage(name: string, names: readonly string[]): string {
  const meant = nearest(name, names);
  const known = names.length === 0 ? ' This address takes none.' : '';
  return `There is no parameter “${name}”${meant ? `; did you mean “${meant}”?` : '.'}${known}`;
}
