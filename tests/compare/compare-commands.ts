/** Compares the commands of two builds: exit codes and JSON output. */
import { join } from 'node:path';
import type { Build, CommandOutput } from './build.ts';
import { type Difference, differenceOf } from './difference.ts';
import { normalize } from './normalize.ts';

const listing = 'seeds/daily-papers-2025-12-16.txt';

const commands: readonly (readonly string[])[] = [
  ['--help'],
  ['ingest', '--help'],
  ['ingest', 'hf', '--help'],
  ['ingest', 'listing', listing, '--json'],
  ['ingest', 'listing', 'missing.txt', '--json'],
  ['ingest', 'jsonl', 'package.json', '--json'],
  ['ingest', 'bibtex', 'package.json', '--json'],
  ['ingest', 'hf', '--date', '2025-13-01'],
  ['ingest', 'nothing'],
  ['export', '--help'],
  ...['atom', 'rss', 'json', 'bib', 'ris', 'csv', 'md', 'jsonl'].map((format) => [
    'export',
    '--query',
    'decoder',
    `out.${format}`,
  ]),
  ['export', '--query', 'tag:nlp authors:1..3', '--format', 'jsonl'],
  ['export', '--query', 'autor:x', '--format', 'csv'],
  ['digest', '--help'],
  ['digest', '--dry-run', '--json'],
  ['digest', '--json'],
  ['doctor'],
  ['doctor', '--json'],
  ['retag'],
];

export async function compareCommands(before: Build, after: Build): Promise<Difference[]> {
  const differences: Difference[] = [];
  for (const args of commands) {
    const [one, two] = await Promise.all([run(before, args), run(after, args)]);
    differences.push(...differenceOf(args.join(' '), textOf(one), textOf(two)));
  }
  return differences;
}

const run = (build: Build, args: readonly string[]) =>
  build.run(args.map((word) => (word.startsWith('out.') ? join(build.folder, word) : word)));

const textOf = ({ code, stdout, stderr }: CommandOutput): string => normalize(`exit ${code}\n${stdout}\n--\n${stderr}`);
