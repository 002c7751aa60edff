/** Vectors of papers: those on one matter point the same way, whatever became of the segments they are in. */
import { expect, test } from 'vitest';
import { orthonormalize } from '#serve/search/orthonormalize';
import { PaperVectors } from '#serve/search/paper-vectors';
import { SearchIndex } from '#serve/search/search-index';
import { aPaper } from '#tests/a-paper';
import { toSearchDocument } from '#tests/search-document';

const matters = 12;
let state = 7;
const next = (below: number) => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return (state >>> 8) % below;
};

/** Six of the twenty words of a matter, which two papers on it need not share, among words of anything. */
function aText(matter: number): string {
  const own = Array.from({ length: 6 }, () => `m${matter}x${next(20)}`);
  return [...own, ...Array.from({ length: 6 }, () => `any${next(400)}`)].join(' ');
}

const toDocument = (key: number, matter = key % matters) =>
  toSearchDocument(aPaper({ id: `p${key}`, title: 'x', abstract: aText(matter), publishedOn: '2024-05-01' }), key);
const documents = Array.from({ length: 700 }, (_, key) => toDocument(key));
const anIndex = (count: number) => {
  const index = new SearchIndex({ textsOf: () => new Map() });
  index.update(documents.slice(0, count), { removed: [], revision: 1 });
  return index;
};
const follow = (vectors: PaperVectors, index: SearchIndex) => {
  for (const _ of vectors.follow(index.segments));
};

/** How alike two papers are, by their keys. */
function likeness(vectors: PaperVectors, index: SearchIndex, [a, b]: readonly [number, number]): number {
  const placeOf = (key: number) => {
    const segment = index.segments.find((one) => one.docOf(key) >= 0);
    if (!segment) throw new Error(`paper ${key} is not there`);
    return [segment, segment.docOf(key)] as const;
  };
  return vectors.likenessTo(...placeOf(a))?.(...placeOf(b)) ?? Number.NaN;
}

const mean = (values: readonly number[]) => values.reduce((total, value) => total + value, 0) / values.length;

test('papers on one matter are more alike than others', () => {
  const index = anIndex(700);
  const vectors = new PaperVectors();
  follow(vectors, index);
  const keys = Array.from({ length: 100 }, (_, i) => i);
  expect(mean(keys.map((key) => likeness(vectors, index, [key, key])))).toBeGreaterThan(0.97);
  const same = mean(keys.map((key) => likeness(vectors, index, [key, key + 4 * matters])));
  const other = mean(keys.map((key) => likeness(vectors, index, [key, key + 4 * matters + 1])));
  expect(same).toBeGreaterThan(2 * other);
});

test('new and changed papers get theirs, and a fold keeps them', () => {
  const index = anIndex(600);
  const vectors = new PaperVectors();
  follow(vectors, index);
  expect(vectors.isBehind(index.segments)).toBe(false);
  const before = likeness(vectors, index, [14, 26]);
  index.update([...documents.slice(600), toDocument(3, 8)], { removed: [5], revision: 2 });
  expect(vectors.isBehind(index.segments)).toBe(true);
  follow(vectors, index);
  const [own, former] = [20, 15].map((key) => likeness(vectors, index, [3, key])) as [number, number];
  expect(own).toBeGreaterThan(former);
  const added = likeness(vectors, index, [650, 650 - matters]);
  index.update(
    Array.from({ length: 300 }, (_, i) => toDocument(1000 + i)),
    { removed: [], revision: 3 },
  );
  for (const _ of index.fold());
  follow(vectors, index);
  expect(likeness(vectors, index, [14, 26])).toBe(before);
  expect(likeness(vectors, index, [650, 650 - matters])).toBe(added);
  expect(vectors.isBehind(index.segments)).toBe(false);
});

test('without enough papers there are none, and the store is not looked at again before it has grown', () => {
  const index = anIndex(300);
  const vectors = new PaperVectors();
  expect(vectors.isBehind(index.segments)).toBe(true);
  follow(vectors, index);
  expect(likeness(vectors, index, [1, 13])).toBeNaN();
  expect(vectors.isBehind(index.segments)).toBe(false);
  expect(new PaperVectors().isBehind([])).toBe(false);
});

test('columns become orthogonal and of length 1; one that depends on others becomes 0', () => {
  const width = 5;
  const rows = 200;
  const matrix = Float32Array.from({ length: rows * width }, (_, i) => (next(2001) - 1000) / (i % width === 2 ? 1 : 1000));
  for (let row = 0; row < rows; row++) matrix[row * width + 4] = (matrix[row * width] as number) - 3 * (matrix[row * width + 1] as number);
  for (const _ of orthonormalize(matrix, width));
  for (let a = 0; a < width; a++) {
    for (let b = 0; b < width; b++) {
      const products = Array.from({ length: rows }, (_, row) => (matrix[row * width + a] as number) * (matrix[row * width + b] as number));
      expect(rows * mean(products)).toBeCloseTo(a === b && a !== 4 ? 1 : 0, 5);
    }
  }
});
