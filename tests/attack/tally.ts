/** Summarizes many attempts of one kind. */
import type { Outcome } from './attack-row.ts';

/** Passes if every `problem` is null. The text has up to four problems. */
export function tally(
  tries: readonly { readonly what: string; readonly problem: string | null }[],
  figure = '',
): Outcome {
  const bad = tries.filter(({ problem }) => problem !== null);
  const named = bad.slice(0, 4).map(({ what, problem }) => `${what}: ${problem}`);
  return {
    passed: bad.length === 0,
    seen: `${tries.length - bad.length} of ${tries.length} as they should be${figure}${named.length > 0 ? ` · ${named.join(' · ')}` : ''}`,
    figures: { tries: tries.length, bad: bad.length },
  };
}
