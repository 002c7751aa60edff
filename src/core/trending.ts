/** The trending score: what is discussed now, aged from the latest listing day rather than from the clock. */

/** Shown on the trending page; must say what `trendingScore` does. */
export const trendingFormula =
  'score = (1 + upvotes + 3 × comments) ÷ (days since it was last listed, or else published, + 2)^1.5';

/** `ageDays` counts from the paper's last listing (or publication, when it was never listed) to the store's latest listing day; never below 0. */
export function trendingScore(counts: {
  readonly upvotes: number | null;
  readonly commentCount: number | null;
  readonly ageDays: number;
}): number {
  return trendingPoints(counts.upvotes ?? 0, counts.commentCount ?? 0) / trendingDivisor(counts.ageDays);
}

/** The two halves of the score, for those who rank a million papers and keep the divisors. */
export function trendingPoints(upvotes: number, comments: number): number {
  return 1 + upvotes + 3 * comments;
}

export function trendingDivisor(ageDays: number): number {
  return (Math.max(0, ageDays) + 2) ** 1.5;
}
