/** The trending score: what is discussed now, aged from the latest listing day rather than from the clock. */

/** Shown on the trending page; must say what `trendingScore` does. */
export const trendingFormula = 'score = (1 + upvotes + 3 × comments) ÷ (days since it was last listed + 2)^1.5';

/** `ageDays` counts from the paper's last listing (or publication, when it was never listed) to the store's latest listing day; never below 0. */
export function trendingScore(counts: {
  readonly upvotes: number | null;
  readonly commentCount: number | null;
  readonly ageDays: number;
}): number {
  const points = 1 + (counts.upvotes ?? 0) + 3 * (counts.commentCount ?? 0);
  return points / (Math.max(0, counts.ageDays) + 2) ** 1.5;
}
