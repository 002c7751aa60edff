/** Checks the architecture rules against the sources, and each rule against planted violations. */
import { describe, expect, it } from 'vitest';
import { rules } from './rules.ts';
import { importsOf, readSources, type SourceFile } from './source-files.ts';

const sources = readSources();
const good = '/** Says what it is for. */\n';

/** For each rule: files that break it, and similar files that do not. */
const planted: Readonly<
  Record<keyof typeof rules, { readonly bad: readonly SourceFile[]; readonly fine: readonly SourceFile[] }>
> = {
  keepToTheTable: {
    bad: [
      { path: 'core/planted.ts', text: `${good}import { x } from '#store/sqlite/database.ts';\n` },
      { path: 'ingest/sources/planted.ts', text: `${good}import { x } from '#read/list-papers.ts';\n` },
      { path: 'ui/planted.tsx', text: `${good}import {\n  x,\n} from '#wiring';\n` },
      { path: 'app/page.tsx', text: `${good}const x = await import('#wiring');\n` },
      { path: 'view/planted.ts', text: `${good}import 'node:fs';\n` },
      { path: 'ui/link.tsx', text: `${good}export { x } from 'next/server';\n` },
      { path: 'lib/planted.ts', text: good },
    ],
    fine: [
      { path: 'core/planted.ts', text: `${good}import { z } from 'zod';\nimport { x } from './paper.ts';\n` },
      { path: 'view/planted.ts', text: `${good}import { x } from '#query/paper-query.ts';\n` },
      { path: 'app/server.ts', text: `${good}import { x } from '#wiring';\n` },
    ],
  },
  stayInTheFolder: {
    bad: [
      { path: 'core/planted.ts', text: `${good}import { x } from '../store/database.ts';\n` },
      { path: 'core/planted.ts', text: `${good}import { x } from './paper';\n` },
      { path: 'read/planted.ts', text: `${good}import { x } from '#core/paper';\n` },
    ],
    fine: [{ path: 'core/planted.ts', text: `${good}import { x } from './paper.ts';\n` }],
  },
  beginWithASentence: {
    bad: [
      { path: 'core/planted.ts', text: 'export const x = 1;\n' },
      { path: 'ui/planted.tsx', text: "'use client';\nexport const x = 1;\n" },
    ],
    fine: [
      { path: 'ui/planted.tsx', text: "'use client';\n/** An island. */\nexport const x = 1;\n" },
      { path: 'core/planted.ts', text: '/**\n * Two lines\n * of it.\n */\n' },
    ],
  },
  stayShort: {
    bad: [{ path: 'core/planted.ts', text: '// x\n'.repeat(201) }],
    fine: [{ path: 'core/planted.ts', text: '// x\n'.repeat(200) }],
  },
  exportByName: {
    bad: [{ path: 'ui/planted.tsx', text: `${good}export default function X() {}\n` }],
    fine: [{ path: 'app/page.tsx', text: `${good}export default function Page() {}\n` }],
  },
  readEnvironmentOnce: {
    bad: [
      { path: 'store/planted.ts', text: `${good}const x = process.env.PORT;\n` },
      { path: 'ui/planted.tsx', text: `${good}const x = process.env.NEXT_PUBLIC_X;\n` },
    ],
    fine: [
      { path: 'store/planted.ts', text: `${good}// process.env is read elsewhere\n` },
      { path: 'instrumentation.ts', text: `${good}if (process.env.NEXT_RUNTIME !== 'nodejs') throw new Error();\n` },
    ],
  },
  fetchInTwoPlaces: {
    bad: [
      { path: 'ui/planted.tsx', text: `${good}const x = await fetch('/api');\n` },
      { path: 'ingest/planted.ts', text: `${good}const x = globalThis.fetch;\n` },
    ],
    fine: [
      {
        path: 'ingest/planted.ts',
        text: `${good}const x = { async *fetch({ day }) { yield day; } };\nfor await (const y of x.fetch({ day })) y;\n`,
      },
      { path: 'ui/kit/api.ts', text: `${good}const x = await fetch('/api');\n` },
    ],
  },
  databaseInTheStore: {
    bad: [
      { path: 'cli/planted.ts', text: `${good}import Sqlite from 'better-sqlite3';\n` },
      { path: 'wiring.ts', text: `${good}import { PrismaClient } from '@prisma/client';\n` },
    ],
    fine: [{ path: 'store/planted.ts', text: `${good}import Sqlite from 'better-sqlite3';\n` }],
  },
  clockAtTheEdge: {
    bad: [{ path: 'read/planted.ts', text: `${good}const x = new Date();\n` }],
    fine: [{ path: 'read/planted.ts', text: `${good}const x = (nowMs: number) => new Date(nowMs);\n` }],
  },
};

describe('the sources', () => {
  it('are found, with their imports', () => {
    expect(sources.length).toBeGreaterThan(60);
    expect(sources.flatMap(importsOf).length).toBeGreaterThan(150);
  });

  it.each(Object.entries(rules))('obey the rule %s', (_, rule) => {
    expect(rule(sources)).toEqual([]);
  });
});

describe.each(Object.entries(rules))('the rule %s', (name, rule) => {
  it.each(planted[name]?.bad ?? [])('finds a violation in $path', (file) => {
    expect(rule([file])).toHaveLength(1);
  });

  it.each(planted[name]?.fine ?? [])('finds no violation in $path', (file) => {
    expect(rule([file])).toEqual([]);
  });

  it('has a planted violation', () => {
    expect(planted[name]?.bad.length).toBeGreaterThan(0);
  });
});
