/** `npm run bench -- parsers [NAME]`: the growth of each parser's time with its input, as an exponent. */
import { hostileText, parsers, seeds } from '#tests/parsers.ts';

type Parse = (text: string) => unknown;
type Growth = { readonly exponent: number; readonly seed: string; readonly ms: number };

const exponentMax = 1.3;
const rounds = 5;
const [short, long] = [50_000, 200_000];
/** Number of slowest and of fastest-growing seeds that are measured again with more rounds. */
const seedsMeasured = 6;
/** Shorter times are mostly noise of the clock and the garbage collector. */
const measuredFromMs = 8;
const [only = ''] = process.argv.slice(2);

/** Returns the CPU time in ms of the fastest run. Stops after a very long run. */
async function bestOf(times: number, parse: Parse, text: string): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < times && best > i * 0.01 && (i === 0 || best < 2_000); i++) {
    // Parses a copy, so that no cache of the engine or the parser applies.
    const copy = `${i} ${Buffer.from(text, 'utf16le').toString('utf16le')}`;
    const start = process.cpuUsage();
    await parse(copy);
    const { user, system } = process.cpuUsage(start);
    best = Math.min(best, (user + system) / 1000);
  }
  return best;
}

async function growthOf(times: number, parse: Parse, seed: string): Promise<Growth> {
  const before = await bestOf(times, parse, hostileText(seed, short));
  const ms = await bestOf(times, parse, hostileText(seed, long));
  return {
    exponent: ms < measuredFromMs ? 0 : Math.log(ms / Math.max(before, 0.2)) / Math.log(long / short),
    seed,
    ms,
  };
}

/** Other processes only add time, so the smallest of three measurements counts. */
async function measure(parse: Parse, seed: string): Promise<Growth> {
  let growth = await growthOf(rounds, parse, seed);
  for (let i = 0; i < 2 && growth.exponent > exponentMax; i++) {
    const again = await growthOf(rounds, parse, seed);
    if (again.exponent < growth.exponent) growth = again;
  }
  return growth;
}

const shown = ({ exponent, seed, ms }: Growth): string =>
  `${exponent.toFixed(2)} ${JSON.stringify(seed)} ${ms.toFixed(1)} ms`;

let isWorse = false;
for (const [name, parse] of Object.entries(parsers)) {
  if (!name.includes(only)) continue;
  const quick: Growth[] = [];
  for (const seed of seeds) quick.push(await growthOf(1, parse, seed));
  const growing = quick.toSorted((a, b) => b.exponent - a.exponent).slice(0, seedsMeasured);
  const slow = quick.toSorted((a, b) => b.ms - a.ms).slice(0, seedsMeasured);
  const measured: Growth[] = [];
  for (const seed of new Set([...growing, ...slow].map((growth) => growth.seed)))
    measured.push(await measure(parse, seed));
  const [worst] = measured.toSorted((a, b) => b.exponent - a.exponent);
  const [slowest] = measured.toSorted((a, b) => b.ms - a.ms);
  const isBad = (worst?.exponent ?? 0) > exponentMax;
  isWorse ||= isBad;
  const facts = worst && slowest ? `${shown(worst)}; slowest of ${long / 1000} kB: ${shown(slowest)}` : '';
  console.log(`${isBad ? 'BAD ' : 'ok  '} ${name.padEnd(34)} ${facts}`);
}
console.log(isWorse ? `an exponent is above ${exponentMax}` : `no exponent is above ${exponentMax}`);
process.exitCode = isWorse ? 1 : 0;
