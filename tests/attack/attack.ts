/** `npm run attack -- [NAME…] [OPTIONS]`: attacks a server on loopback and prints the outcomes. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type AttackRow, type RowResult, SkippedRow } from './attack-row.ts';
import { attackRows } from './attack-rows.ts';
import { attachInstance } from './instance.ts';
import { openStage } from './stage.ts';

const help = `npm run attack -- [NAME…] [options]

Attacks a server on loopback and says what it stood. Without a name every row runs; a name stands for all rows that begin with it.

  --url URL      attack this server instead of one of its own (loopback only; rows that need their own are left out)
  --papers FILE  fill the store from a file of JSON Lines instead of 6,141 made-up papers
  --runs N       how often each figure is measured; the median counts (default 1)
  --list         print the rows
  --json         print one JSON object on standard output

Examples:
  npm run attack
  npm run attack -- searches exports-20 --runs 5
  npm run attack -- requests --url http://127.0.0.1:3000

Exit code: 0 everything stood, 1 a row failed, 2 the attack could not run.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    url: { type: 'string' },
    papers: { type: 'string' },
    runs: { type: 'string', default: '1' },
    list: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

if (values.help) console.log(help);
else if (values.list) for (const { name, title } of attackRows) console.log(`${name.padEnd(22)} ${title}`);
else process.exitCode = await attack();

async function attack(): Promise<number> {
  const url = values.url === undefined ? null : URL.parse(values.url);
  if (values.url !== undefined && !(url && isLoopback(url)))
    return rejectUsage(`--url must be an address on loopback, not ${values.url}.`);
  const runs = Number(values.runs);
  if (!Number.isInteger(runs) || runs < 1 || runs > 20)
    return rejectUsage(`--runs must be a number from 1 to 20, not ${values.runs}.`);
  const unknown = positionals.find((name) => !attackRows.some((row) => row.name.startsWith(name)));
  if (unknown !== undefined) return rejectUsage(`There is no row “${unknown}”; --list prints them.`);
  const rows = attackRows.filter(
    (row) =>
      (positionals.length === 0 || positionals.some((name) => row.name.startsWith(name))) &&
      !(url && row.needsOwnInstance),
  );
  const folder = mkdtempSync(join(tmpdir(), 'paper-digest-attack-'));
  const stage = await openStage({ folder, runs, papers: values.papers ?? null, instance: url && attachInstance(url) });
  try {
    const results: RowResult[] = [];
    for (const row of rows) results.push(await runRow(row, stage));
    if (values.json) console.log(JSON.stringify({ results }));
    return results.every((result) => 'skipped' in result || result.passed) ? 0 : 1;
  } finally {
    await stage.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runRow(row: AttackRow, stage: Awaited<ReturnType<typeof openStage>>): Promise<RowResult> {
  const { name, title } = row;
  const result: RowResult = await row.run(stage).then(
    (outcome) => ({ name, title, ...outcome }),
    (error: Error) =>
      error instanceof SkippedRow
        ? { name, title, skipped: error.message }
        : { name, title, passed: false, seen: `the row broke off: ${error.message}` },
  );
  await stage.endRow();
  const verdict = 'skipped' in result ? 'SKIP' : result.passed ? 'ok  ' : 'FAIL';
  const line = `${verdict} ${name.padEnd(22)} ${title}\n     ${'skipped' in result ? result.skipped : result.seen}`;
  (values.json ? console.error : console.log)(line);
  return result;
}

function rejectUsage(message: string): number {
  console.error(message);
  return 2;
}

const isLoopback = ({ protocol, hostname }: URL): boolean =>
  protocol === 'http:' && /^(?:127(?:\.\d+){3}|localhost|\[::1\])$/.test(hostname);
