/** The architecture rules. Each is a function from source files to messages about violations. */
import { dirname } from 'node:path/posix';
import { mayImport } from './import-table.ts';
import { importsOf, type SourceFile } from './source-files.ts';

type Rule = (files: readonly SourceFile[]) => string[];

const linesMax = 200;

/** Returns the import table's row of a file, or of its nearest folder with a row. */
function rowOf(path: string): string | null {
  if (path in mayImport) return path;
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) if (folder in mayImport) return folder;
  return null;
}

const isBelow = (name: string, allowed: string) =>
  name === allowed || name.startsWith(allowed.endsWith(':') ? allowed : `${allowed}/`);

const keepToTheTable: Rule = (files) =>
  files.flatMap((file) => {
    const row = rowOf(file.path);
    if (row === null) return [`${file.path} has no row in the import table`];
    const allowed = [...(mayImport[row] ?? []), `#${row.split('/')[0]}`];
    return importsOf(file)
      .filter((name) => !name.startsWith('./') && !allowed.some((entry) => isBelow(name, entry)))
      .map((name) => `${file.path} imports ${name}`);
  });

/** Relative imports stay inside a folder: `./x.ts` is allowed, `..` is not. */
const stayInTheFolder: Rule = (files) =>
  files.flatMap((file) =>
    importsOf(file)
      .filter(
        (name) =>
          name.includes('..') ||
          (name.startsWith('./') && !/\.(?:tsx?|css|json)$/.test(name)) ||
          (/^#(?!scripts\/)/.test(name) && !/\.(?:tsx?|json)$/.test(name)),
      )
      .map((name) => `${file.path} imports ${name}: ./file.ts inside a folder, #folder/file.ts between folders`),
  );

const beginWithASentence: Rule = (files) =>
  files
    .filter(
      ({ text }) => !/^(?:'use client';\n\s*|import 'server-only';\n\s*)?(?:\/\*\*|\/\/)\s*(?:\n \* )?\S/.test(text),
    )
    .map(({ path }) => `${path} does not begin with a sentence that says what it is for`);

const stayShort: Rule = (files) =>
  files.flatMap(({ path, text }) => {
    const lines = text.trimEnd().split('\n').length;
    return lines > linesMax ? [`${path} has ${lines} lines; ${linesMax} is the most`] : [];
  });

const exportByName: Rule = (files) =>
  files
    .filter(({ path, text }) => !path.startsWith('app/') && /^export default\b/m.test(text))
    .map(({ path }) => `${path} has a default export`);

/** Returns a rule: only files whose path matches `homes` may contain `pattern`, comments aside. */
const onlyIn =
  (homes: RegExp, pattern: RegExp, what: string): Rule =>
  (files) =>
    files
      .filter(({ path, text }) => !homes.test(path) && pattern.test(withoutComments(text)))
      .map(({ path }) => `${path} ${what}`);

/** Next replaces `process.env.NEXT_RUNTIME` at build time, so it is allowed everywhere. */
const readEnvironmentOnce = onlyIn(
  /^platform\/settings\.ts$/,
  /\bprocess\s*\.\s*env\b(?!\.NEXT_RUNTIME\b)/,
  'reads process.env: only platform/settings.ts does',
);

/** The pattern matches calls of the global `fetch`, but not methods: `source.fetch(…)`, `async *fetch(…) {`. */
const fetchInTwoPlaces = onlyIn(
  /^platform\/http-client\/|^ui\/kit\/api\.ts$/,
  /(?<![.\w*#]|\basync )fetch\((?![^()]*\)(?::|\s*\{))|\b(?:globalThis|window|self)\.fetch\b/,
  'calls fetch: only platform/http-client and ui/kit/api do',
);

const databaseInTheStore = onlyIn(
  /^store\//,
  /['"](?:better-sqlite3|@prisma\/[\w/-]+|node:sqlite)['"]/,
  'names the database: only store does',
);

/** Pages and records must depend on their inputs only. Browser code, commands and migrations may read the clock. */
const clockAtTheEdge = onlyIn(
  /^(?:platform|store|cli|ui)\//,
  /\bnew Date\(\)|\bDate\.now\(\)/,
  'asks the clock: time comes in as an argument, from platform/clock.ts',
);

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '');
}

export const rules: Readonly<Record<string, Rule>> = {
  keepToTheTable,
  stayInTheFolder,
  beginWithASentence,
  stayShort,
  exportByName,
  readEnvironmentOnce,
  fetchInTwoPlaces,
  databaseInTheStore,
  clockAtTheEdge,
};
