/** Generates random requests from an OpenAPI document, with valid and invalid parameter values. */
import fc from 'fast-check';

type Schema = {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
};
type Parameter = { readonly name: string; readonly in: 'path' | 'query'; readonly schema: Schema };
type Operation = { readonly parameters: readonly Parameter[] };

/** The parts of an OpenAPI document that this file reads. */
export type Document = { readonly paths: Readonly<Record<string, { readonly get: Operation }>> };

export type ApiRequest = { readonly path: string; readonly address: string };

const hostile = [
  '',
  ' ',
  '0',
  '-1',
  '1e309',
  '0x10',
  '99999999999999999999',
  'NaN',
  'null',
  'undefined',
  '[]',
  '{}',
  'true',
  '../../etc/passwd',
  '%00',
  '\0',
  '\uD800',
  '\u202Eabc',
  "' OR 1=1 --",
  '"; DROP TABLE Paper; --',
  '<script>alert(1)</script>',
  '$(7*7)',
  '{{7*7}}',
  '../',
  '%',
  '%25',
  '&',
  '#',
  '?',
  '\r\nX-A: b',
  'a'.repeat(3000),
  '🦆'.repeat(50),
  'AND OR NOT NEAR',
  '*',
  '-',
  '--',
  'tag:',
  'author:="',
  '"unclosed',
  'a|b|c',
  '..',
  '1..',
  '..5',
  '5..1',
  '2024-02-30',
  '9999-12-31',
  '0000-00-00',
  '2025-W53',
  'constructor',
  '__proto__',
];

/** Meaningful values, by the parameter's name. */
const meant: Readonly<Record<string, readonly string[]>> = {
  q: [
    'decoder',
    'decod*',
    '"drafted decoder"',
    'author:doe',
    '-decoder',
    'has:code',
    'authors:1..3',
    'decoder OR strings',
    'tag:cs.se',
    'sort:new',
    '深度学习',
  ],
  tag: ['cs.se', '-cs.se', 'code-generation'],
  authors: ['1', '2..5', '>=3', '..4'],
  published: ['2024', '2024-05', '>=2023', '1999..2024'],
  listed: ['2025-12-16', '2025-12', '2025-W51'],
  has: ['code', 'project', 'abstract'],
  upvotes: ['>=3', '0'],
  comments: ['>0'],
  date: ['2025-12-16', '2025-12-13', '2999-01-01'],
  week: ['2025-W51'],
  month: ['2025-12'],
  submitter: ['paper-digest'],
  cursor: ['MS4y', 'MS4x'],
  at: ['0', '3'],
  id: ['2405.14906', 'hep-th/9901001', '2406.105', 'never-listed', 'none', 'hep-th/9901001/related', 'x.md'],
};

function valuesOf({ name, schema }: Parameter): fc.Arbitrary<string> {
  const { minimum = 0, maximum = 200, enum: choices } = schema;
  const known = [
    ...(meant[name] ?? []),
    ...(choices ?? []).map(String),
    ...(schema.type === 'integer' ? [String(minimum), '1', String(Math.min(maximum, 100))] : []),
  ];
  const strange = fc.oneof(
    fc.constantFrom(...hostile),
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.string({ unit: 'grapheme', maxLength: 40 }),
  );
  return known.length === 0
    ? strange
    : fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: strange });
}

/** Escapes a text for an address. Lone surrogates become U+FFFD, because they cannot be sent. */
const encode = (text: string): string => encodeURIComponent(text.toWellFormed());

/** Prefixes the segments `.` and `..` with `x`, because clients would resolve them before they send the address. */
const toId = (text: string): string => text.replace(/(?<=^|\/)\.{1,2}(?=\/|$)/g, 'x$&');

function requestOf(path: string, { parameters }: Operation): fc.Arbitrary<ApiRequest> {
  const ids = fc
    .tuple(valuesOf({ name: 'id', in: 'path', schema: {} }).map(toId), fc.boolean())
    .map(([id, isWhole]) => (isWhole ? encode(id) : id.split('/').map(encode).join('/')));
  const known = parameters.filter((parameter) => parameter.in === 'query');
  const pairs = known.map((parameter) => fc.tuple(fc.constant(parameter.name), valuesOf(parameter)));
  const unknown = fc.tuple(
    fc.constantFrom('x', 'Limit', 'page', '__proto__', 'utm_source', 'q[]'),
    fc.constantFrom(...hostile),
  );
  const query = fc.array(
    fc.oneof(...pairs.map((arbitrary) => ({ weight: 4, arbitrary })), { weight: 1, arbitrary: unknown }),
    {
      maxLength: 4,
    },
  );
  return fc.tuple(ids, query).map(([id, values]) => {
    const search = values.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');
    return { path, address: `${path.replace('{id}', () => id)}${search === '' ? '' : `?${search}`}` };
  });
}

export function requestsOf({ paths }: Document): fc.Arbitrary<ApiRequest> {
  return fc.oneof(...Object.entries(paths).map(([path, { get }]) => requestOf(path, get)));
}
