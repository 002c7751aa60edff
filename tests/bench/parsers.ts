/** How the time of each parser of outside input grows with its input: the exponent, best of five, of the worst seeds. `npm run bench -- parsers [NAME]`. */
import { hostileText, parsers, seeds } from '#tests/parsers';

const exponentMax = 1.3;
const rounds = 5;
/** Below this a clock and a garbage collector measure themselves. */
const measuredFromMs = 4;
const [charsMin, charsMax, factor] = [4_000, 256_000, 4];
const [only = ''] = process.argv.slice(2);

async function bestOf(times: number, parse: (text: string) => unknown, text: string): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < times; i++) {
    const start = process.cpuUsage();
    // A copy: what an engine remembers of a text, flat or searched, is not remembered of it.
    await parse(Buffer.from(text, 'utf16le').toString('utf16le'));
    const { user, system } = process.cpuUsage(start);
    best = Math.min(best, (user + system) / 1000);
  }
  return best;
}

type Growth = { readonly exponent: number; readonly seed: string; readonly chars: number; readonly ms: number };

/** From the longest text that is measured well: it and a quarter of it. Null where even the longest takes no time. */
async function growthOf(parse: (text: string) => unknown, seed: string): Promise<Growth | null> {
  let chars = charsMin;
  let ms = await bestOf(2, parse, hostileText(seed, chars));
  for (; ms < measuredFromMs * factor && chars < charsMax; chars *= factor) ms = await bestOf(1, parse, hostileText(seed, chars * factor));
  if (ms < measuredFromMs) return null;
  const [long, short] = [
    await bestOf(rounds, parse, hostileText(seed, chars)),
    await bestOf(rounds, parse, hostileText(seed, chars / factor)),
  ];
  return { exponent: Math.log(long / Math.max(short, 0.05)) / Math.log(factor), seed, chars, ms: long };
}

let isWorse = false;
for (const [name, parse] of Object.entries(parsers)) {
  if (!name.includes(only)) continue;
  let worst: Growth | null = null;
  let slowest: Growth | null = null;
  const bad: Growth[] = [];
  for (const seed of seeds) {
    let growth = await growthOf(parse, seed);
    // Once more, since another process may have had the machine.
    if (growth && growth.exponent > exponentMax) growth = (await growthOf(parse, seed)) ?? growth;
    if (!growth) continue;
    if (!worst || growth.exponent > worst.exponent) worst = growth;
    if (!slowest || growth.ms / growth.chars > slowest.ms / slowest.chars) slowest = growth;
    if (growth.exponent > exponentMax) bad.push(growth);
  }
  isWorse ||= bad.length > 0;
  const shown = (growth: Growth | null) =>
    growth
      ? `${growth.exponent.toFixed(2)} ${JSON.stringify(growth.seed)} (${growth.chars} characters: ${growth.ms.toFixed(0)} ms)`
      : 'too fast to measure';
  console.log(`${bad.length > 0 ? 'BAD ' : 'ok  '} ${name.padEnd(34)} ${shown(worst)}; slowest ${shown(slowest)}`);
  for (const one of bad) console.log(`       ${shown(one)}`);
}
process.exitCode = isWorse ? 1 : 0;
