/** Parses Python literals (`{'isPro': False, 'name': None}`), the format of some recorded responses. */

const literals: Readonly<Record<string, unknown>> = { True: true, False: false, None: null };
const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  v: '\v',
  a: '\x07',
  0: '\0',
};

export function parsePythonLiteral(text: string): unknown {
  const tokens = text.match(/'(?:[^'\\]|\\[\s\S])*'|"(?:[^"\\]|\\[\s\S])*"|[\w.+-]+|[\s\S]/g) ?? [];
  return JSON.parse(tokens.map(toJson).join(''));
}

function toJson(token: string): string {
  if (/^['"]/.test(token)) return JSON.stringify(unescaped(token.slice(1, -1)));
  if (/^[[\]{}:,\s]$/.test(token) || Number.isFinite(Number(token))) return token;
  if (Object.hasOwn(literals, token)) return JSON.stringify(literals[token]);
  throw new Error(`${token} is nothing that Python prints for plain data`);
}

function unescaped(text: string): string {
  return text.replace(/\\(?:x[\da-f]{2}|u[\da-f]{4}|U[\da-f]{8}|[\s\S])/gi, (found) =>
    found.length > 2
      ? String.fromCodePoint(Number.parseInt(found.slice(2), 16))
      : (escapes[found.slice(1)] ?? found.slice(1)),
  );
}
