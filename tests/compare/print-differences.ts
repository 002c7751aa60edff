/** Prints differences in groups: a group has the same two lines, on any number of routes. */
import type { Difference } from './difference.ts';

const examplesMax = 3;

/** Returns the exit code: 0 if there are no differences. */
export function printDifferences(differences: readonly Difference[]): number {
  const kinds = Map.groupBy(differences, ({ before, after }) => `  before  ${before}\n  after   ${after}`);
  for (const [lines, of] of [...kinds].sort(([, a], [, b]) => b.length - a.length)) {
    const examples = of.slice(0, examplesMax).map(({ what }) => what);
    console.log(`${of.length} × ${examples.join(' · ')}\n${lines}\n`);
  }
  console.log(`${differences.length} differences of ${kinds.size} kinds`);
  return differences.length === 0 ? 0 : 1;
}
