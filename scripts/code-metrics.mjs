/** Measures the size of the code and compares it with the limits (`npm run metrics`). */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';

/** `now`: the code still exceeds the limit, but must not exceed this value. */
export const limits = {
  folder: { label: 'Files in the largest folder', limit: 22 },
  file: { label: 'Lines of the longest file', limit: 200 },
  function: { label: 'Lines of the longest function', limit: 50 },
  component: { label: 'Lines of the longest component', limit: 80 },
  unusedExports: { label: 'Unused exports', limit: 0 },
  columns: { label: 'Columns of the widest line', limit: 120, now: 194 },
};

const generated = 'store/generated/';

/** Returns path and text of every file below `src/` that is not generated. */
export function readSources(src) {
  return readdirSync(src, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(src.length + 1)
        .replaceAll('\\', '/'),
    )
    .filter((path) => !path.startsWith(generated))
    .map((path) => ({ path, text: readFileSync(join(src, path), 'utf8') }));
}

/** Returns the largest of each kind as `{ value, where }`, and the lines of code. `unused` is knip's JSON report. */
export function measure(files, unused) {
  const code = files.filter(({ path }) => /\.tsx?$/.test(path));
  const measured = code.map(measureFile);
  return {
    folder: largest(folderSizes(files)),
    file: largest(code.map(({ path, text }) => ({ value: linesOf(text).length, where: path }))),
    function: largest(measured.flatMap(({ functions }) => functions.filter(({ isComponent }) => !isComponent))),
    component: largest(measured.flatMap(({ functions }) => functions.filter(({ isComponent }) => isComponent))),
    unusedExports: unusedExports(unused),
    columns: largest(measured.flatMap(({ lines }) => lines)),
    lines: code.reduce((sum, { text }) => sum + linesOf(text).length, 0),
  };
}

function unusedExports({ issues }) {
  const names = issues.flatMap(({ exports = [], types = [] }) => [...exports, ...types].map(({ name }) => name));
  return { value: names.length, where: names.join(' ') };
}

/** Skips `app/`: addresses dictate its folders. */
function folderSizes(files) {
  const sizes = new Map();
  for (const { path } of files)
    if (!path.startsWith('app/')) sizes.set(dirname(path), (sizes.get(dirname(path)) ?? 0) + 1);
  return [...sizes].map(([folder, value]) => ({ value, where: folder }));
}

function measureFile({ path, text }) {
  const nodes = [];
  const literals = [];
  const addFunction = (node) => nodes.push(node);
  const addLiteral = (node) => literals.push(node);
  const addText = (node) => {
    if (typeof node.value === 'string' || node.regex) addLiteral(node);
  };
  new Visitor({
    FunctionDeclaration: addFunction,
    FunctionExpression: addFunction,
    ArrowFunctionExpression: addFunction,
    Literal: addText,
    TemplateElement: addLiteral,
    JSXText: addLiteral,
  }).visit(parseSync(path, text).program);
  for (const { index, 0: address } of text.matchAll(/https?:\/\/\S+/g))
    literals.push({ start: index, end: index + address.length });
  return { functions: functionSizes(path, text, nodes), lines: widths(path, text, literals) };
}

/** Counts a function's lines without blank ones and without the bodies of nested functions. */
function functionSizes(path, text, nodes) {
  const lineAt = (offset) => linesOf(text.slice(0, offset + 1)).length;
  const lines = linesOf(text);
  const spans = nodes.map(({ start, end }) => ({ first: lineAt(start), last: lineAt(end - 1) }));
  return spans.map(({ first, last }) => {
    const inner = spans.filter(
      (other) => other.first >= first && other.last <= last && other.last - other.first < last - first,
    );
    const isOwn = (line) => !inner.some((other) => line > other.first && line < other.last);
    const own = lines.slice(first - 1, last).filter((text, i) => text.trim() !== '' && isOwn(first + i));
    return { value: own.length, where: `${path}:${first}`, isComponent: path.endsWith('.tsx') };
  });
}

/** Skips lines in which a literal or an address crosses the limit: they cannot be broken. */
function widths(path, text, literals) {
  let start = 0;
  return text.split('\n').map((line, i) => {
    const edge = start + limits.columns.limit;
    start += line.length + 1;
    const isExcused =
      line.length > limits.columns.limit && literals.some((literal) => literal.start <= edge && literal.end > edge);
    return { value: isExcused ? 0 : line.length, where: `${path}:${i + 1}` };
  });
}

const linesOf = (text) => text.trimEnd().split('\n');
const largest = (items) =>
  items.reduce((most, item) => (item.value > most.value ? item : most), { value: 0, where: '' });

/** Prints every number. Returns how many limits passed and failed. */
export function report(measured, print = console.log) {
  const results = Object.entries(limits).map(([name, { label, limit, now = limit }]) => {
    const { value, where } = measured[name];
    const isKept = value <= now;
    const allowed = now > limit ? `at most ${now} today, ${limit} in the end` : `at most ${limit}`;
    print(`${isKept ? '✓' : '✗'} ${label.padEnd(32)} ${String(value).padStart(6)}  (${allowed})  ${where}`);
    return isKept;
  });
  print(
    `  ${'Lines of code in src'.padEnd(32)} ${String(measured.lines).padStart(6)}  (without styles, data and generated code)`,
  );
  return { passed: results.filter(Boolean).length, failed: results.filter((isKept) => !isKept).length };
}
