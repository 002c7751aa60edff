/** `npm run ingest -- SOURCE …`: one subcommand per source. */
import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { addDays, type Day, parseDay } from '#core/day.ts';
import { type FetchJob, fetchPapers } from '#ingest/fetch-papers.ts';
import { isoNow } from '#platform/clock.ts';
import { readSettings } from '#platform/settings.ts';
import { ingestFile } from './ingest-file.ts';
import { runIngest } from './ingest-run.ts';
import { toListingDay } from './listing-day.ts';

const exitCodes =
  '\nExit code: 0 everything is in, 1 some records were rejected, 2 the input was refused or the run failed.';

type Options = {
  day?: Day;
  year?: number;
  json?: boolean;
  date?: Day;
  from?: Day;
  to?: Day;
  days?: number;
  trending?: boolean;
  category?: string[];
  query?: string;
  bulk?: boolean;
  today?: boolean;
};

export function addIngestCommands(program: Command): void {
  const ingest = program
    .command('ingest')
    .description('read papers into the store')
    .option(...jsonOption)
    .addHelpText('after', exitCodes);
  addFileCommands(ingest);
  addNetworkCommands(ingest);
}

const jsonOption = ['--json', 'print one JSON object on standard output'] as const;

function add(ingest: Command, usage: string, description: string): Command {
  return ingest
    .command(usage)
    .description(description)
    .option(...jsonOption);
}

const withExamples = (command: Command, examples: readonly string[]): Command =>
  command.addHelpText('after', [exitCodes, '', 'Examples:', ...examples.map((one) => `  ${one}`)].join('\n'));

function addFileCommands(ingest: Command): void {
  withExamples(add(ingest, 'listing <file>', 'a copied Hugging Face “Daily Papers” page; - reads standard input'), [
    'npm run ingest -- listing seeds/daily-papers-2025-12-16.txt',
    'pbpaste | npm run ingest -- listing - --day 2025-12-16',
  ])
    .option('--day <day>', 'the listing’s day, YYYY-MM-DD', toListingDay)
    .option('--year <year>', 'the listing’s year', toNumber)
    .action((file: string, { day, year }: Options, command: Command) =>
      runFile('listing', file, { ...(day ? { day } : {}), ...(year ? { year } : {}) }, command),
    );
  const plain = [
    ['jsonl', 'papers one JSON object a line (docs/jsonl.md), also gzipped; - reads standard input', 'papers.jsonl.gz'],
    ['bibtex', 'a BibTeX file; - reads standard input', 'references.bib'],
  ] as const;
  for (const [source, description, example] of plain)
    withExamples(add(ingest, `${source} <file>`, description), [`npm run ingest -- ${source} ${example}`]).action(
      (file: string, _options: Options, command: Command) => runFile(source, file, {}, command),
    );
}

function addNetworkCommands(ingest: Command): void {
  withExamples(
    add(ingest, 'ids <file>', 'a list of arXiv ids or addresses, completed from arXiv; - reads standard input'),
    ['npm run ingest -- ids to-read.txt'],
  ).action(runIds);
  withExamples(add(ingest, 'hf', 'Hugging Face’s daily papers'), [
    'npm run ingest -- hf --date 2025-12-16',
    'npm run ingest -- hf --days 30',
  ])
    .option('--date <day>', 'one listing day', toListingDay)
    .option('--from <day>', 'the first listing day', toListingDay)
    .option('--to <day>', 'the last listing day', toListingDay)
    .option('--days <n>', 'the latest n days', toNumber)
    .option('--trending', 'what is trending now')
    .action(runHf);
  withExamples(add(ingest, 'arxiv', 'arXiv by category or query and range of days'), [
    'npm run ingest -- arxiv --category cs.CL --from 2025-12-01',
    'npm run ingest -- arxiv --category cs --bulk',
  ])
    .option('--category <name...>', 'categories such as cs.CL')
    .option('--query <text>', 'in arXiv’s own query language')
    .option('--from <day>', 'the first day of submission', toListingDay)
    .option('--to <day>', 'the last day of submission', toListingDay)
    .option('--today', 'what was announced today, from the RSS feed')
    .option('--bulk', 'everything that has changed, by OAI-PMH')
    .action(runArxiv);
}

function toNumber(value: string): number {
  if (!/^[1-9]\d{0,4}$/.test(value)) throw new InvalidArgumentError(`${value} is no number from 1 to 99999.`);
  return Number(value);
}

const isJson = (command: Command): boolean => Boolean(command.optsWithGlobals<Options>().json);

function runFile(
  source: string,
  file: string,
  options: Readonly<Record<string, unknown>>,
  command: Command,
): Promise<void> {
  const path = file === '-' ? file : resolve(readSettings().callerFolder, file);
  return runIngest(file, isJson(command), ({ ingest, heldLease, ...more }) =>
    ingestFile({
      source,
      path,
      options,
      writer: ingest.writerFor(heldLease),
      runs: ingest.runs,
      ready: heldLease.ready,
      ...more,
    }),
  );
}

async function runIds(file: string, _: Options, command: Command): Promise<void> {
  const list = await readList(file);
  await runFetch(command, {
    name: 'arxiv',
    endpoint: readSettings().arxivEndpoint,
    key: `ids ${file}`,
    subject: file,
    task: { source: 'ids', options: { text: list } },
  });
}

/** Longer than any real list. Standard input may never end. */
const listBytesMax = 5_000_000;

async function readList(file: string): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of file === '-'
    ? process.stdin
    : createReadStream(resolve(readSettings().callerFolder, file))) {
    parts.push(part);
    bytes += part.length;
    if (bytes > listBytesMax)
      throw new Error(`${file} is longer than 5 MB, which is no list of ids; cut it into several.`);
  }
  return Buffer.concat(parts).toString('utf8');
}

async function runHf(options: Options, command: Command): Promise<void> {
  const today = parseDay(isoNow().slice(0, 10)) as Day;
  const to = options.date ?? options.to ?? today;
  const from = options.date ?? options.from ?? addDays(to, 1 - (options.days ?? 1));
  const subject = options.trending ? 'trending' : `${from}..${to}`;
  const range = options.trending ? { trending: true } : { from, to };
  await runFetch(command, {
    name: 'hf',
    endpoint: readSettings().hfEndpoint,
    // The option, not its dates: a run of the latest 30 days can resume after midnight.
    key: `hf ${options.days ? `days ${options.days}` : subject}`,
    subject,
    task: { source: 'hf', options: range },
  });
}

async function runArxiv({ category, query, from, to, today, bulk }: Options, command: Command): Promise<void> {
  const categories = category ?? [];
  const range = { ...(from ? { from } : {}), ...(to ? { to } : {}) };
  const subject = [...categories, query, from && `from ${from}`, to && `to ${to}`, today && 'today', bulk && 'bulk']
    .filter(Boolean)
    .join(' ');
  const job = {
    name: categories.length === 1 ? `arxiv:${categories[0]}` : 'arxiv',
    endpoint: readSettings().arxivEndpoint,
    key: `arxiv ${subject}`,
    subject,
  };
  if (categories.length === 0 && !query && !bulk) throw new InvalidArgumentError('arxiv needs --category or --query.');
  const task = today
    ? { source: 'arxiv-rss', options: { categories } }
    : bulk
      ? {
          source: 'arxiv-oai',
          options: { ...(categories[0] ? { category: categories[0] } : {}), ...(from ? { from } : {}) },
        }
      : { source: 'arxiv', options: { categories, ...(query ? { query } : {}), ...range } };
  await runFetch(command, { ...job, task });
}

function runFetch(command: Command, job: FetchJob): Promise<void> {
  return runIngest(job.subject, isJson(command), ({ ingest, heldLease, ...more }) =>
    fetchPapers(job, { ...ingest.fetchPortsFor(heldLease), ...more }),
  );
}
