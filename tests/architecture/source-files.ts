/** The source files as the architecture tests see them: a path below `src/` and the text. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type SourceFile = { readonly path: string; readonly text: string };

export const root = join(import.meta.dirname, '../..');

const made = 'store/generated/';

/** Every TypeScript file below `src/` that a person wrote. */
export function readSources(): SourceFile[] {
  return readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /\.tsx?$/.test(path) && !path.startsWith(made))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, 'src', path), 'utf8') }));
}

const importForms =
  /^\s*(?:import|export)\b[^;'"]*?\bfrom\s+['"]([^'"]+)['"]|^\s*import\s+['"]([^'"]+)['"]|\b(?:import|require)\(\s*['"]([^'"]+)['"]\s*\)/gm;

/** What a file imports, by any of the ways there are. */
export function importsOf(file: SourceFile): string[] {
  return [...file.text.matchAll(importForms)].map(([, from, bare, called]) => from ?? bare ?? called ?? '');
}
