/** The library's flags: parsing, merging and toggling. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  emptyLibrary,
  flags,
  type Library,
  mergeLibraries,
  parseLibrary,
  withFlagToggled,
} from '#ui/library/library-store.ts';

const ids = fc.dictionary(
  fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,20}$/),
  fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }).map((date) => date.toISOString()),
  { noNullPrototype: true },
);
const libraries: fc.Arbitrary<Library> = fc.record({ saved: ids, read: ids, hidden: ids });

test('a library survives a round trip through JSON', () => {
  fc.assert(
    fc.property(libraries, (library) => {
      expect(parseLibrary(JSON.stringify(library))).toEqual(library);
    }),
  );
}, 20_000);

test('a merge of two libraries is their union with the earlier times, commutative and idempotent', () => {
  fc.assert(
    fc.property(libraries, libraries, (a, b) => {
      const merged = mergeLibraries(a, b);
      expect(mergeLibraries(b, a)).toEqual(merged);
      expect(mergeLibraries(merged, b)).toEqual(merged);
      for (const mark of flags) {
        expect(new Set(Object.keys(merged[mark]))).toEqual(new Set([...Object.keys(a[mark]), ...Object.keys(b[mark])]));
        for (const [id, at] of Object.entries(merged[mark])) {
          const times = [a[mark][id], b[mark][id]].flatMap((time) => (time === undefined ? [] : [Date.parse(time)]));
          expect(Date.parse(at)).toBe(Math.min(...times));
        }
      }
    }),
  );
}, 20_000);

test('toggling a flag twice leaves the library unchanged', () => {
  const now = '2025-12-16T08:00:00.000Z';
  const marked = withFlagToggled(emptyLibrary, 'saved', 'a', now);
  expect(marked).toEqual({ saved: { a: now }, read: {}, hidden: {} });
  expect(withFlagToggled(marked, 'saved', 'a', now)).toEqual(emptyLibrary);
});

test('parsing returns null for a text that is not a library, and skips invalid flags', () => {
  for (const text of [null, '', 'null', '[1]', '{}', '"saved"', '{"saved":[]}', '{not json'])
    expect(parseLibrary(text), String(text)).toBeNull();
  const time = '2025-12-16T08:00:00Z';
  const text = JSON.stringify({
    saved: { good: time, 'a b': time, '"]{}': time, bad: 'never', worse: 3 },
    hidden: null,
    more: 1,
  });
  expect(parseLibrary(text)).toEqual({ saved: { good: time }, read: {}, hidden: {} });
});
