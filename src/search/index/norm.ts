/** Norms: a document's length in one byte, in logarithmic steps of 3 %. All segments share the scale. */

const stepsPerOctave = 24;
const unit = 8;

export function toNorm(tokens: number): number {
  return Math.min(255, Math.round(stepsPerOctave * Math.log2(1 + tokens / unit)));
}

/** Length in tokens by norm. Lengths are integers, so their sums are exact. */
export const normToLength: Uint32Array = Uint32Array.from({ length: 256 }, (_, norm) =>
  Math.round(unit * (2 ** (norm / stepsPerOctave) - 1)),
);
