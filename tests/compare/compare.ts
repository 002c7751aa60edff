/** `npm run compare -- OTHER [--papers FILE]`: sends two builds the same requests and prints every difference. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Build, openBuild } from './build.ts';
import { compareCommands } from './compare-commands.ts';
import { compareRoutes } from './compare-routes.ts';
import { printDifferences } from './print-differences.ts';

const help = `npm run compare -- OTHER [--papers FILE] [--pages N]

Compares this checkout with OTHER, a checkout that is built: each fills a store of its own by its own commands, serves it,
and is asked for every route (pages, feeds, exports, APIs, errors) and for the --json of every command.

  --papers FILE  JSON Lines beside the seed
  --pages N      pages that are followed from links (default 400)

Exit code: 0 no difference, 1 differences, which are printed, 2 the comparison could not run.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    papers: { type: 'string' },
    pages: { type: 'string', default: '400' },
    help: { type: 'boolean', short: 'h' },
  },
});
const [other] = positionals;

if (values.help) console.log(help);
else if (other === undefined || !existsSync(join(other, '.next', '.stamp'))) {
  console.error('Name a checkout of the project that is built (npm run build).');
  process.exitCode = 2;
} else process.exitCode = await compare(resolve(other), Number(values.pages));

async function compare(otherFolder: string, pagesMax: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'paper-digest-compare-'));
  const opened: Build[] = [];
  try {
    for (const [name, checkout] of [
      ['before', otherFolder],
      ['after', resolve(import.meta.dirname, '..', '..')],
    ] as const)
      opened.push(await openBuild({ name, checkout, folder: join(folder, name), papers: values.papers ?? null }));
    const [before, after] = opened as [Build, Build];
    const commands = await compareCommands(before, after);
    const routes = await compareRoutes(before, after, pagesMax);
    return printDifferences([...commands, ...routes]);
  } finally {
    for (const build of opened) await build.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
