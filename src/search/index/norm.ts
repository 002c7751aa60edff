/** How long a text is, in a byte: logarithmic steps of 3 %, fine enough for ranking and the same in every segment. */

const stepsPerOctave = 24;
const unit = 8;

export function toNorm(tokens: number): number {
  return Math.min(255, Math.round(stepsPerOctave * Math.log2(1 + tokens / unit)));
}

/** The length a code stands for, in whole tokens, so that sums of lengths are exact. */
export const normToLength: Uint32Array = Uint32Array.from({ length: 256 }, (_, code) =>
  Math.round(unit * (2 ** (code / stepsPerOctave) - 1)),
);
