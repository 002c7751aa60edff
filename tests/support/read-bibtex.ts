/** A small BibTeX parser for tests that counts braces, as BibTeX does. */

export type BibtexEntry = {
  readonly type: string;
  readonly key: string;
  readonly fields: Readonly<Record<string, string>>;
};

/** Returns the entries. Fields contain TeX. Throws on anything that is not an entry. */
export function readBibtex(source: string): BibtexEntry[] {
  const entries: BibtexEntry[] = [];
  let rest = source.trim();
  while (rest !== '') {
    const head = /^@(\w+)\{([^\s,{}]+),/.exec(rest);
    if (!head) throw new Error(`no entry at: ${rest.slice(0, 60)}`);
    const fields: Record<string, string> = {};
    rest = rest.slice(head[0].length).trimStart();
    while (!rest.startsWith('}')) {
      const name = /^(\w+)\s*=\s*\{/.exec(rest);
      if (!name?.[1]) throw new Error(`no field at: ${rest.slice(0, 60)}`);
      const end = endOfGroup(rest, name[0].length);
      fields[name[1]] = rest.slice(name[0].length, end);
      rest = rest
        .slice(end + 1)
        .replace(/^\s*,/, '')
        .trimStart();
    }
    rest = rest.slice(1).trim();
    entries.push({ type: head[1] ?? '', key: head[2] ?? '', fields });
  }
  return entries;
}

/** Returns the index of the brace that closes the group whose text starts at `start`. */
function endOfGroup(text: string, start: number): number {
  let depth = 1;
  for (let at = start; at < text.length; at++) {
    if (text[at] === '{') depth += 1;
    if (text[at] === '}') depth -= 1;
    if (depth === 0) return at;
  }
  throw new Error(`a brace is never closed: ${text.slice(start, start + 60)}`);
}

const named: Readonly<Record<string, string>> = {
  textbackslash: '\\',
  textbraceleft: '{',
  textbraceright: '}',
  textasciitilde: '~',
  textasciicircum: '^',
};

const piece = /(?<formula>\$(?:\\.|[^$\\])*\$)|\\(?<name>text[a-z]+)\{\}|\\(?<sign>[%&#_$])|(?<brace>[{}])|(?<tie>~)/g;

/** Returns a field as TeX would print it. Formulas stay TeX. */
export function toPrinted(field: string): string {
  let printed = '';
  let done = 0;
  for (const { 0: whole, index, groups = {} } of field.matchAll(piece)) {
    const shown = groups.formula ?? groups.sign ?? (groups.tie ? '\u00a0' : (named[groups.name ?? ''] ?? ''));
    printed += field.slice(done, index) + shown;
    done = index + whole.length;
  }
  return printed + field.slice(done);
}

/** Splits names at `and` outside braces. */
export function splitAuthors(field: string): string[] {
  const names: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < field.length; at++) {
    if (field[at] === '{') depth += 1;
    if (field[at] === '}') depth -= 1;
    if (depth === 0 && field.startsWith(' and ', at)) {
      names.push(field.slice(start, at));
      start = at + 5;
    }
  }
  return field === '' ? [] : [...names, field.slice(start)];
}
