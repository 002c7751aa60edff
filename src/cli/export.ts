/** `npm run export`: writes every paper that matches a query to a file or standard output. */
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type Command, Option } from 'commander';
import { emptyReport } from '#core/ports/ingest.ts';
import { formats } from '#formats/index.ts';
import { readSettings } from '#platform/settings.ts';
import { openFeed, type RenderedFeed } from '#read/export-list.ts';
import { openCommandLibrary } from '#wiring/command-library.ts';
import { explainError, openForReading } from '#wiring/store.ts';
import { createProgress, type ProgressDisplay } from './progress.ts';

const extensions = formats.filter((format) => format.kind === 'export').map((format) => format.extension);

const help = `
The format is that of the file’s ending when --format is not given, else jsonl; an ending in .gz compresses.
Exit code: 0 everything is written, 2 it is not.

Examples:
  npm run export -- papers.jsonl.gz
  npm run export -- --query "tag:code-generation published:2025" papers.bib
  npm run export -- --format csv - | head`;

export function addExportCommand(program: Command): void {
  program
    .command('export [file]')
    .description('write papers to a file, or to standard output with -')
    .addOption(new Option('--format <format>', 'how').choices(extensions))
    .option('--query <text>', 'only the papers that this finds, in its order; as one types it in the search box')
    .addHelpText('after', help)
    .action((file: string | undefined, options: ExportOptions) => runExport(file ?? '-', options));
}

type ExportOptions = { readonly format?: string; readonly query?: string };

async function runExport(file: string, { format, query = '' }: ExportOptions): Promise<void> {
  const { databaseFile, siteUrl, callerFolder } = readSettings();
  let progress: ProgressDisplay | null = null;
  const readable = openForReading(databaseFile, process.cwd());
  const library = openCommandLibrary({ databaseFile: readable.file, original: databaseFile }, siteUrl);
  try {
    const feed = await openFeed(library, format ?? formatOf(file), new URLSearchParams({ q: query }));
    for (const { message } of feed.problems) console.error(message);
    const rendered = await feed.render();
    progress = createProgress(Boolean(process.stderr.isTTY));
    if (file === '-') await pipeline(toBytes(rendered, progress), process.stdout, { end: false });
    else await writeFile(resolve(callerFolder, file), toBytes(rendered, progress));
    progress.stop();
    console.error(`${rendered.total.toLocaleString('en')} papers written${file === '-' ? '' : ` to ${file}`}.`);
  } catch (error) {
    progress?.stop();
    // The reader of the pipe closed it, as `head` does.
    if (
      error instanceof Error &&
      'code' in error &&
      (error.code === 'EPIPE' || error.code === 'ERR_STREAM_PREMATURE_CLOSE')
    )
      return;
    console.error(`Nothing is written: ${explainError(error, databaseFile)}`);
    process.exitCode = 2;
  } finally {
    await library.close();
    readable.remove();
  }
}

function formatOf(file: string): string {
  const name = file.toLowerCase().replace(/\.gz$/, '');
  return extensions.find((extension) => name.endsWith(`.${extension}`)) ?? 'jsonl';
}

function toBytes({ parts, total }: RenderedFeed, progress: ProgressDisplay): Readable {
  return Readable.from(
    (async function* () {
      for await (const { text, written } of parts) {
        yield text;
        progress.update({ report: { ...emptyReport, read: written }, done: written, total, unit: 'papers' });
      }
    })(),
    { objectMode: true, highWaterMark: 1 },
  );
}

/** Writes to a temporary file and renames it, so that the file exists only if it is complete. */
async function writeFile(path: string, text: Readable): Promise<void> {
  const unfinished = `${path}.part`;
  try {
    const target = createWriteStream(unfinished);
    await (path.endsWith('.gz') ? pipeline(text, createGzip(), target) : pipeline(text, target));
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => {});
    const message = explainTarget(error, path);
    throw message === null ? error : new Error(message, { cause: error });
  }
}

/** Returns a message if the file cannot be written, or null for any other error. */
function explainTarget(error: unknown, path: string): string | null {
  if (!(error instanceof Error && 'code' in error && 'path' in error && error.path === `${path}.part`)) return null;
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return `There is no folder ${dirname(path)}.`;
  if (error.code === 'EISDIR') return `${path} is a folder, a file is expected.`;
  if (error.code === 'EACCES' || error.code === 'EROFS') return `This user may not write to ${dirname(path)}.`;
  return null;
}
