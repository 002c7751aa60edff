/** Reads the source files for the architecture tests: path below `src/` and text. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type SourceFile = { readonly path: string; readonly text: string };

export const root = join(import.meta.dirname, '../..');

const generated = 'store/generated/';

/** Returns every TypeScript file below `src/` except generated ones. */
export function readSources(): SourceFile[] {
  return readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /\.tsx?$/.test(path) && !path.startsWith(generated))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, 'src', path), 'utf8') }));
}

const importForms =
  /^\s*(?:import|export)\b[^;'"]*?\bfrom\s+['"]([^'"]+)['"]|^\s*import\s+['"]([^'"]+)['"]|\b(?:import|require)\(\s*['"]([^'"]+)['"]\s*\)/gm;

/** Returns the module specifiers of a file's static imports, dynamic imports and re-exports. */
export function importsOf(file: SourceFile): string[] {
  return [...file.text.matchAll(importForms)].map(([, from, bare, called]) => from ?? bare ?? called ?? '');
}
