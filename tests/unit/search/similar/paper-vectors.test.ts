/** Paper vectors: papers on the same subject are similar, before and after updates and merges. */
import { expect, test } from 'vitest';
import { tokenize } from '#core/text/terms.ts';
import { SearchIndex } from '#search/index/search-index.ts';
import { orthonormalize } from '#search/similar/orthonormalize.ts';
import { PaperVectors } from '#search/similar/paper-vectors.ts';
import { dimensions, learnTermSpace, type TermSpace } from '#search/similar/term-vectors.ts';
import { aPaper } from '#tests/a-paper.ts';
import { toSearchDocument } from '#tests/search-document.ts';

const subjects = 12;
let state = 7;
const next = (below: number) => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return (state >>> 8) % below;
};

/** Six of the subject's twenty words and six unrelated words. Two papers on a subject need not share any word. */
function aText(subject: number): string {
  const own = Array.from({ length: 6 }, () => `m${subject}x${next(20)}`);
  return [...own, ...Array.from({ length: 6 }, () => `any${next(400)}`)].join(' ');
}

const toDocument = (key: number, subject = key % subjects) =>
  toSearchDocument(aPaper({ id: `p${key}`, title: 'x', abstract: aText(subject), publishedOn: '2024-05-01' }), key);
const documents = Array.from({ length: 700 }, (_, key) => toDocument(key));
const anIndex = (count: number) => {
  const index = new SearchIndex({ textsOf: () => new Map() });
  index.update(documents.slice(0, count), { removed: [], revision: 1 });
  return index;
};
const follow = (vectors: PaperVectors, index: SearchIndex) => {
  for (const _ of vectors.follow(index.segments));
};

/** Similarity of two papers, by key. */
function similarity(vectors: PaperVectors, index: SearchIndex, [a, b]: readonly [number, number]): number {
  const locate = (key: number) => {
    const segment = index.segments.find((each) => each.docOf(key) >= 0);
    if (!segment) throw new Error(`paper ${key} is not in the index`);
    return [segment, segment.docOf(key)] as const;
  };
  return vectors.similarityTo(...locate(a))?.(...locate(b)) ?? Number.NaN;
}

const mean = (values: readonly number[]) => values.reduce((total, value) => total + value, 0) / values.length;

test('papers on the sameSubject subject are more similar than others', () => {
  const index = anIndex(700);
  const vectors = new PaperVectors();
  follow(vectors, index);
  const keys = Array.from({ length: 100 }, (_, i) => i);
  expect(mean(keys.map((key) => similarity(vectors, index, [key, key])))).toBeGreaterThan(0.97);
  const sameSubject = mean(keys.map((key) => similarity(vectors, index, [key, key + 4 * subjects])));
  const other = mean(keys.map((key) => similarity(vectors, index, [key, key + 4 * subjects + 1])));
  expect(sameSubject).toBeGreaterThan(2 * other);
});

/** Reference: cosine of the sums of the term vectors, weighted by 1 + ln(count). The title counts twice. */
function cosine(
  { terms, vectors }: TermSpace,
  [a, b]: readonly [(typeof documents)[number], (typeof documents)[number]],
): number {
  const [left, right] = [a, b].map(({ title, abstract }) => {
    const sum = new Float64Array(dimensions);
    const counts = new Map<string, number>();
    for (const { term } of tokenize(`${title}\n${title}\n${abstract}`)) counts.set(term, (counts.get(term) ?? 0) + 1);
    for (const [term, count] of counts) {
      const at = terms.indexOf(term);
      for (let k = 0; at >= 0 && k < dimensions; k++)
        (sum[k] as number) += (1 + Math.log(count)) * (vectors[at * dimensions + k] as number);
    }
    return sum;
  }) as [Float64Array, Float64Array];
  const product = left.reduce((total, value, k) => total + value * (right[k] as number), 0);
  return Math.max(0, product) / (Math.hypot(...left) * Math.hypot(...right));
}

/** Papers that repeat some words and have words in their titles. */
const repeating = documents.map((document, key) => {
  const words = document.abstract.split(' ');
  const abstract = words.flatMap((word, i) => Array.from({ length: 1 + ((key + i) % 4) ** 2 }, () => word)).join(' ');
  return { ...document, title: words.slice(key % 5, (key % 5) + 2).join(' '), abstract };
});

function learnSpace(index: SearchIndex): TermSpace {
  const learning = learnTermSpace(index.segments);
  let step = learning.next();
  while (!step.done) step = learning.next();
  return step.value as TermSpace;
}

test('a paper’s vector is the sum of its term vectors weighted by frequency, whatever its segment', () => {
  const index = new SearchIndex({ textsOf: () => new Map() });
  index.update(repeating.slice(0, 600), { removed: [], revision: 1 });
  index.update(repeating.slice(600), { removed: [], revision: 2 });
  const vectors = new PaperVectors();
  follow(vectors, index);
  const space = learnSpace(index);
  for (const key of [0, 13, 99, 250, 580]) {
    const other = key + 9 * subjects;
    const pair = [repeating[key], repeating[other]] as [(typeof documents)[number], (typeof documents)[number]];
    expect(similarity(vectors, index, [key, other])).toBeCloseTo(cosine(space, pair), 1.5);
  }
});

/** Share of the papers' tf · idf that a projection to the basis preserves, and the next basis of a power iteration. */
function energyIn(
  rows: readonly ReadonlyMap<number, number>[],
  basis: Float32Array,
): { readonly energy: number; readonly next: Float32Array } {
  const next = new Float32Array(basis.length);
  let energy = 0;
  for (const row of rows) {
    const paper = new Float64Array(dimensions);
    for (const [term, value] of row)
      for (let k = 0; k < dimensions; k++) (paper[k] as number) += value * (basis[term * dimensions + k] as number);
    for (const value of paper) energy += value * value;
    for (const [term, value] of row)
      for (let k = 0; k < dimensions; k++) (next[term * dimensions + k] as number) += value * (paper[k] as number);
  }
  return { energy: energy / rows.length, next };
}

test('the space preserves nearly as much of the papers’ tf · idf as the optimal each', () => {
  const index = new SearchIndex({ textsOf: () => new Map() });
  index.update(repeating, { removed: [], revision: 1 });
  const { terms, vectors } = learnSpace(index);
  const counted = repeating.map(({ title, abstract }) =>
    Map.groupBy(tokenize(`${title}\n${title}\n${abstract}`), ({ term }) => term),
  );
  const idfs = terms.map((term) => Math.log(counted.length / counted.filter((paper) => paper.has(term)).length));
  const rows = counted.map((paper) => {
    const values = terms.flatMap((term, at) =>
      paper.has(term) ? [[at, (idfs[at] as number) * (1 + Math.log(paper.get(term)?.length ?? 0))] as const] : [],
    );
    const length = Math.hypot(...values.map(([, value]) => value));
    return new Map(values.map(([at, value]) => [at, value / length]));
  });
  let best = vectors.map((value, at) => value / (idfs[Math.floor(at / dimensions)] as number));
  const own = energyIn(rows, best).energy;
  for (let i = 0; i < 30; i++) {
    best = energyIn(rows, best).next as typeof best;
    for (const _ of orthonormalize(best, dimensions));
  }
  expect(own / energyIn(rows, best).energy).toBeGreaterThan(0.93);
});

test('new and changed papers get vectors, and a merge preserves them', () => {
  const index = anIndex(600);
  const vectors = new PaperVectors();
  follow(vectors, index);
  expect(vectors.isBehind(index.segments)).toBe(false);
  const before = similarity(vectors, index, [14, 26]);
  index.update([...documents.slice(600), toDocument(3, 8)], { removed: [5], revision: 2 });
  expect(vectors.isBehind(index.segments)).toBe(true);
  follow(vectors, index);
  const [own, former] = [20, 15].map((key) => similarity(vectors, index, [3, key])) as [number, number];
  expect(own).toBeGreaterThan(former);
  const added = similarity(vectors, index, [650, 650 - subjects]);
  index.update(
    Array.from({ length: 300 }, (_, i) => toDocument(1000 + i)),
    { removed: [], revision: 3 },
  );
  for (const _ of index.mergeSmallSegments());
  follow(vectors, index);
  expect(similarity(vectors, index, [14, 26])).toBe(before);
  expect(similarity(vectors, index, [650, 650 - subjects])).toBe(added);
  expect(vectors.isBehind(index.segments)).toBe(false);
});

test('a small store has no vectors, and the vectors stay up to date until it grows', () => {
  const index = anIndex(300);
  const vectors = new PaperVectors();
  expect(vectors.isBehind(index.segments)).toBe(true);
  follow(vectors, index);
  expect(similarity(vectors, index, [1, 13])).toBeNaN();
  expect(vectors.isBehind(index.segments)).toBe(false);
  expect(new PaperVectors().isBehind([])).toBe(false);
});

test('orthonormalize makes columns orthogonal and of length 1, and a dependent column 0', () => {
  const width = 5;
  const rows = 200;
  const matrix = Float32Array.from(
    { length: rows * width },
    (_, i) => (next(2001) - 1000) / (i % width === 2 ? 1 : 1000),
  );
  for (let row = 0; row < rows; row++)
    matrix[row * width + 4] = (matrix[row * width] as number) - 3 * (matrix[row * width + 1] as number);
  for (const _ of orthonormalize(matrix, width));
  for (let a = 0; a < width; a++) {
    for (let b = 0; b < width; b++) {
      const products = Array.from(
        { length: rows },
        (_, row) => (matrix[row * width + a] as number) * (matrix[row * width + b] as number),
      );
      expect(rows * mean(products)).toBeCloseTo(a === b && a !== 4 ? 1 : 0, 5);
    }
  }
});
