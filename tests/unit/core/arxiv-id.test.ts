/** arXiv ids in every spelling, and similar text that is not one. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isArxivId, parseArxivId } from '#core/arxiv-id.ts';

describe('parseArxivId', () => {
  it.each([
    ['2405.14906', '2405.14906', null],
    ['arXiv:2405.14906v3', '2405.14906', 3],
    ['arxiv: 0704.0699', '0704.0699', null],
    [' https://arxiv.org/abs/2405.14906v2 ', '2405.14906', 2],
    ['http://www.arxiv.org/pdf/2405.14906v1.pdf?download=1#page=2', '2405.14906', 1],
    ['arxiv.org/html/2405.14906/', '2405.14906', null],
    ['https://huggingface.co/papers/2405.14906', '2405.14906', null],
    ['https://doi.org/10.48550/arXiv.2405.14906', '2405.14906', null],
    ['oai:arXiv.org:hep-th/9901001', 'hep-th/9901001', null],
    ['hep-th/9901001v4', 'hep-th/9901001', 4],
    ['math.GT/0309136', 'math/0309136', null],
    ['https://arxiv.org/abs/cond-mat/0207270', 'cond-mat/0207270', null],
    ['arXiv:2405.14906 [cs.CL]', '2405.14906', null],
    ['arXiv:2406.105', '2406.00105', null],
  ])('%s', (text, id, version) => {
    expect(parseArxivId(text)).toEqual({ id, version });
  });

  it.each([
    '',
    '2413.14906',
    '2400.14906',
    '0703.1234',
    '2405.149',
    '2405.149061',
    '12405.14906',
    'icml/2022001',
    'math/0313136',
    'acl:W11-3507',
    'arXiv:foo',
    'https://example.org/abs/2405.14906',
  ])('“%s” is none', (text) => {
    expect(parseArxivId(text)).toBeNull();
  });

  it('returns the same id from every spelling', () => {
    const modern = fc
      .tuple(fc.integer({ min: 8, max: 40 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 99_999 }))
      .map(
        ([year, month, n]) =>
          `${String(year).padStart(2, '0')}${String(month).padStart(2, '0')}.${String(n).padStart(5, '0')}`,
      );
    const old = fc
      .tuple(
        fc.constantFrom('hep-th', 'cs', 'math', 'astro-ph'),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 0, max: 999 }),
      )
      .map(([archive, month, n]) => `${archive}/99${String(month).padStart(2, '0')}${String(n).padStart(3, '0')}`);
    const spelling = fc.constantFrom(
      '',
      'arXiv:',
      'https://arxiv.org/abs/',
      'http://export.arxiv.org/pdf/',
      'https://huggingface.co/papers/',
    );
    fc.assert(
      fc.property(
        fc.oneof(modern, old),
        spelling,
        fc.option(fc.integer({ min: 1, max: 30 })),
        (id, before, version) => {
          expect(parseArxivId(`${before}${id}${version === null ? '' : `v${version}`}`)).toEqual({ id, version });
          expect(isArxivId(id)).toBe(true);
          expect(isArxivId(`arXiv:${id}`)).toBe(false);
        },
      ),
    );
  }, 20_000);
});
