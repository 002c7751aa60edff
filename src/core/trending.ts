/** The trending score. Age counts from the latest listing day, not from the clock. */

/** Shown on the trending page. It must match `trendingScore`. */
export const trendingFormula =
  'score = (1 + upvotes + 3 × comments) ÷ (days since it was last listed, or else published, + 2)^1.5';

/**
 * `ageDays` is the time from the paper's last listing, or else its publication, to the store's latest listing day. At
 * least 0.
 */
export function trendingScore(counts: {
  readonly upvotes: number | null;
  readonly commentCount: number | null;
  readonly ageDays: number;
}): number {
  return trendingPoints(counts.upvotes ?? 0, counts.commentCount ?? 0) / trendingDivisor(counts.ageDays);
}

/** Numerator and denominator of the score, for callers that rank a million papers and cache the denominators. */
export function trendingPoints(upvotes: number, comments: number): number {
  return 1 + upvotes + 3 * comments;
}

export function trendingDivisor(ageDays: number): number {
  return (Math.max(0, ageDays) + 2) ** 1.5;
}
