/** `npm run ingest -- SOURCE …`: one subcommand a source. Exit code 0: all in; 1: some rejected; 2: refused or failed. */
import { resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { type Day, parseDay } from '#core/day';
import type { RunReport } from '#core/ports';
import { SourceRefused } from '#ingest/source';
import { env } from '#platform/env';
import { openIngest, prepareStore } from '#wiring';
import { ingestFile } from './ingest-file.ts';
import { createProgress } from './progress.ts';
import { rejectionLines, summaryOf, toReportJson } from './report.ts';

const exitCodes = '\nExit code: 0 everything is in, 1 some records were rejected, 2 the input was refused or the run failed.';

export function addIngestCommands(program: Command): void {
  const ingest = program.command('ingest').description('read papers into the store').option('--json', 'print one JSON object on standard output').addHelpText('after', exitCodes);
  ingest
    .command('listing <file>')
    .description('a copied Hugging Face “Daily Papers” page; - reads standard input')
    .option('--day <day>', 'the listing’s day, YYYY-MM-DD, when it is not in it', toDay)
    .option('--json', 'print one JSON object on standard output')
    .addHelpText('after', `${exitCodes}\n\nExamples:\n  npm run ingest -- listing seeds/daily-papers-2025-12-16.txt\n  pbpaste | npm run ingest -- listing - --day 2025-12-16`)
    .action((file: string, options: { day?: Day; json?: boolean }, command: Command) => run('listing', file, options.day ? { day: options.day } : {}, command));
  ingest
    .command('jsonl <file>')
    .description('papers one JSON object a line (docs/jsonl.md), also gzipped; - reads standard input')
    .option('--json', 'print one JSON object on standard output')
    .addHelpText('after', `${exitCodes}\n\nExample:\n  npm run ingest -- jsonl papers.jsonl.gz`)
    .action((file: string, _options: object, command: Command) => run('jsonl', file, {}, command));
}

const emptyReport: RunReport = { read: 0, added: 0, updated: 0, unchanged: 0, rejected: [] };

function toDay(text: string): Day {
  const day = parseDay(text);
  if (!day) throw new InvalidArgumentError(`${text} is no calendar day; it is written YYYY-MM-DD.`);
  return day;
}

async function run(source: string, file: string, options: Readonly<Record<string, unknown>>, command: Command): Promise<void> {
  const { databaseFile, callerFolder } = env();
  const isJson = Boolean(command.optsWithGlobals<{ json?: boolean }>().json);
  const progress = createProgress(Boolean(process.stderr.isTTY));
  prepareStore(databaseFile, process.cwd());
  const ingest = openIngest(databaseFile);
  try {
    const path = file === '-' ? file : resolve(callerFolder, file);
    const report = await ingestFile({ source, path, options, ingest, onProgress: progress.update });
    progress.stop();
    print(report, isJson);
  } catch (error) {
    progress.stop();
    const isRefused = error instanceof SourceRefused;
    console.error(isRefused ? `${file} was refused and the store is as it was: ${error.message}` : `The run ended early, and what it had saved stays: ${sentenceOf(error)}`);
    if (isJson) console.log(toReportJson(emptyReport));
    process.exitCode = 2;
  } finally {
    ingest.close();
  }
}

function print(report: RunReport, isJson: boolean): void {
  const say = isJson ? console.error : console.log;
  say(summaryOf(report));
  for (const line of rejectionLines(report)) say(line);
  if (isJson) console.log(toReportJson(report));
  process.exitCode = report.rejected.length > 0 ? 1 : 0;
}

function sentenceOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 'there is no such file.';
  if (error instanceof Error && 'code' in error && error.code === 'EISDIR') return 'it is a folder.';
  return error instanceof Error ? error.message : String(error);
}
