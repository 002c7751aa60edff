/** External text becomes one clean line, loses no readable character, and does not change when cleaned twice. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanAuthorNames } from '#core/text/author-names.ts';
import { cleanText, isWithdrawn } from '#core/text/clean-text.ts';
import { propertyRuns } from '#tests/property-runs.ts';

describe('cleanText', () => {
  it.each([
    ['line breaks and runs of spaces', ' Two\n  lines\tand\r\u00a0more ', 'Two lines and more'],
    ['a tag is text', 'Use <think> with <1 GB VRAM & more', 'Use <think> with <1 GB VRAM & more'],
    ['references', 'Hatter&acute;s &#8211; &#x3b2; &amp;lt; R&D Q&A; &unknown;', 'Hatter´s – β < R&D Q&A; &unknown;'],
    [
      'any name that HTML has',
      'x&leqslant;y &CounterClockwiseContourIntegral;&ensp;z &notaname;',
      'x⩽y ∳ z &notaname;',
    ],
    ['numbers of bytes', '&#226;&#128;&#153; &#146; &#0; &#1114112;', '’ ’ &#0; &#1114112;'],
    ['TeX', 'E$^3$-Pruner and Gr\\"obner', 'E$^3$-Pruner and Gr\\"obner'],
    ['separators and invisible marks', 'a\u2028b\u200bc\u202ad\ufeffe\u00adf', 'a bcdef'],
    ['controls', 'a\u0000b\u001bc\u007fd', 'abcd'],
    ['Windows-1252', 'models\u0092 \u0093own\u0094', 'models’ “own”'],
    ['UTF-8 read as Latin-1', 'models\u00e2\u0080\u0099 Patr\u00c3\u00adcia', 'models’ Patrícia'],
    ['composed letters', 'Oliva\u0301n', 'Oliván'],
    ['emoji with joiners', '👩\u200d🔬 lab\u200d', '👩\u200d🔬 lab'],
    ['half a pair', 'a\ud83cb', 'ab'],
  ])('%s', (_, text, clean) => {
    expect(cleanText(text)).toBe(clean);
  });

  it('is idempotent and leaves no invisible character', () => {
    const pieces = fc.constantFrom(
      '&amp;',
      '&#38;',
      'lt;',
      '&',
      '#8203;',
      '\u00c3',
      '\u0080',
      '\u00a9',
      '\u200b',
      ' ',
      '\n',
      'e',
      '\u0301',
      '\u037e',
      '\ud83c',
      '👩',
      '\u200d',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (raw) => {
        const clean = cleanText(raw);
        expect(cleanText(clean)).toBe(clean);
        expect(clean).not.toMatch(/\p{Cc}|[\u2028\u2029\u200b\ufeff]| {2}|^ | $/u);
      }),
      { numRuns: propertyRuns(2_000) },
    );
  }, 30_000);

  it('leaves plain words unchanged', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[A-Za-z0-9$\\{}^_.,<>-]+$/), { minLength: 1 }), (words) => {
        expect(cleanText(words.join('\n  '))).toBe(words.join(' '));
      }),
    );
  }, 20_000);

  it('terminates on a text with endless nested references', () => {
    cleanText(`&${'amp;'.repeat(200_000)}`);
  });
});

describe('isWithdrawn', () => {
  it.each([
    ['This paper has been withdrawn by the author due to an error', '', true],
    ['', 'This paper has been withdrawn because a theorem is wrong.', true],
    ['', 'The manuscript is withdrawn.', true],
    ['Withdrawn', '', true],
    ['Was withdrawn from ICML before review', '', false],
    ['12 pages', 'We study how savings are withdrawn from accounts.', false],
  ])('%s %s', (comment, abstract, withdrawn) => {
    expect(isWithdrawn(comment, abstract)).toBe(withdrawn);
  });
});

describe('cleanAuthorNames', () => {
  it.each([
    ['TeX accents', ["Fr{\\'e}d{\\'e}rique B\\\"uchi", 'K{é}vin Roy'], ['Frédérique Büchi', 'Kévin Roy']],
    ['lost names', ['', null, ' ', ':', 'Ada Lovelace'], ['Ada Lovelace']],
    [
      'marks',
      ['Ada Lovelace*', '†Alan Turing', '; Grace Hopper', 'and Emmy Noether'],
      ['Ada Lovelace', 'Alan Turing', 'Grace Hopper', 'Emmy Noether'],
    ],
    ['a second name', ['Shixiang (Shane) Gu'], ['Shixiang (Shane) Gu']],
    ['affiliations', ['A. Gale  ( Institute of A', 'City', 'Land)', 'B. Hill'], ['A. Gale', 'B. Hill']],
    ['two in one', ['I. Reid and P. Newman', 'A. King & D. Price'], ['I. Reid', 'P. Newman', 'A. King', 'D. Price']],
    [
      'a group stays whole',
      ['the Research and Development Team', 'Ida Pine and Data Science Team'],
      ['the Research and Development Team', 'Ida Pine and Data Science Team'],
    ],
    ['cut references', ['Zoe &quot', 'Atlas&quot', 'Wang'], ['Zoe "Atlas" Wang']],
    ['mail addresses', ['Ida Pine', 'pine}@example.org'], ['Ida Pine']],
    ['a repeated name', ['Jing Li', 'Jing Li'], ['Jing Li', 'Jing Li']],
  ])('%s', (_, names, clean) => {
    expect(cleanAuthorNames(names)).toEqual(clean);
  });

  it('splits a list in one string, even without spaces', () => {
    const names = Array.from({ length: 12 }, (_, i) => `Ada${'a'.repeat(i)} Lovelace`);
    expect(cleanAuthorNames([`${names.slice(0, 11).join(', ')} and ${names[11]}`])).toEqual(names);
    expect(cleanAuthorNames([names.join('and ')])).toEqual(names);
  });

  it('truncates a long name that is not a list', () => {
    expect(cleanAuthorNames(['word '.repeat(100)])).toEqual([`${'word '.repeat(39).trim()}…`]);
  });
});
