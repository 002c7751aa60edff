/** Each parser of outside input does work in proportion to its input: counted, on n, 2n, 4n and 8n characters of hostile text. */
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { splitFormulas } from '#core/text/tex.ts';
import { createWorkCounter, type WorkCounter } from '#tests/count-work.ts';
import { hostileText, parsers, seeds } from '#tests/parsers.ts';

const chars = 500;
const sizes = [1, 2, 4, 8].map((times) => times * chars);
/** What does not grow with the text is not weighed against it. */
const slack = 2_000;
const growthMax = 1.25;
const together = 8;

let counter: WorkCounter;
beforeAll(async () => {
  counter = await createWorkCounter();
});
afterAll(() => counter.end());

const groups = Array.from({ length: Math.ceil(seeds.length / together) }, (_, i) =>
  seeds.slice(i * together, (i + 1) * together),
);

async function workOf(parse: (text: string) => unknown, some: readonly string[]): Promise<number[]> {
  const work: number[] = [];
  for (const size of sizes) {
    const texts = some.map((seed) => hostileText(seed, size));
    work.push(
      await counter.count(async () => {
        for (const text of texts) await parse(text);
      }),
    );
  }
  return work;
}

/** Twice the text, at most twice the work and a little. */
const grows = (work: readonly number[]): boolean =>
  work.some((count, i) => i > 0 && count > 2 * growthMax * (work[i - 1] ?? 0) + slack);

async function findWorse(parse: (text: string) => unknown): Promise<{ seed: string; work: number[] }[]> {
  const worse: { seed: string; work: number[] }[] = [];
  for (const group of groups) {
    const work = await workOf(parse, group);
    // One of several that grows fourfold makes all of them grow by more than two and a quarter.
    if (!grows(work) && (work[3] ?? 0) <= 9 * (work[0] ?? 0) + slack) continue;
    for (const seed of group) {
      // Twice, as the engine now and then drops what it had compiled, and counts its next run anew.
      const [own, again] = [await workOf(parse, [seed]), await workOf(parse, [seed])];
      if (grows(own) && grows(again)) worse.push({ seed, work: again });
    }
  }
  return worse;
}

describe('in proportion to its input is the work of the parser of', () => {
  test.each(Object.keys(parsers))('%s', { timeout: 120_000 }, async (name) => {
    await parsers[name]?.('warm'); // what is made once is not counted
    expect(await findWorse((text) => parsers[name]?.(text))).toEqual([]);
  });
});

it('is counted as more where a parser begins anew for each sign', async () => {
  const beginsAnew = (text: string) => [...text].map((_, i) => splitFormulas(text.slice(i)));
  expect(grows(await workOf(beginsAnew, ['$']))).toBe(true);
});
