/** TeX accents and formulas in plain text. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeTexAccents, splitFormulas } from '#core/text/tex.ts';

const formulasOf = (text: string) => splitFormulas(text).flatMap((part) => (part.kind === 'formula' ? part.text : []));

describe('formulas', () => {
  it.each([
    ['a $x$ b $$y$$ c \\(z\\) d \\[w\\]', ['$x$', '$$y$$', '\\(z\\)', '\\[w\\]']],
    ['3840$\\times$2160 px', ['$\\times$']],
    ['$\\sim$$98.7\\%$ of it', ['$\\sim$', '$98.7\\%$']],
    ['$3$ of $ n $ and $2\\sqrt{T} $', ['$3$', '$ n $', '$2\\sqrt{T} $']],
    ['worth \\$5 and $n$', ['$n$']],
    ['$a \\$ b$', ['$a \\$ b$']],
    ['$P(\\text{final answer is wrong})$', ['$P(\\text{final answer is wrong})$']],
  ])('are found in %j', (text, formulas) => expect(formulasOf(text)).toEqual(formulas));

  it.each([
    '$5 and $10',
    '$5–$10 or ($3/$4)',
    'a $200k model',
    '$10,000 of capital with a loss of $20,653.25 in all',
    'an optimal k$regret minimising set, wherein the k$difference is small',
    '$$$ and $',
    '\\(never closed',
    '\\\\(x\\\\)',
  ])('are not seen in %j', (text) => expect(formulasOf(text)).toEqual([]));

  it('end where an amount stops being one', () =>
    expect(formulasOf('costs $40K more for \\textbf{x} and $y$')).toEqual(['$y$']));

  it('have their TeX and display mode', () => {
    expect(splitFormulas('$$x$$ \\(y\\)')).toEqual([
      { kind: 'formula', text: '$$x$$', tex: 'x', display: true },
      { kind: 'text', text: ' ' },
      { kind: 'formula', text: '\\(y\\)', tex: 'y', display: false },
    ]);
  });

  it('joined with the other parts equal the text', () => {
    const piece = fc.oneof(
      fc.constantFrom('$', '$$', '\\(', '\\)', '\\[', '\\]', '\\$', '\\', ' ', '5', 'word'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        expect(
          splitFormulas(text)
            .map((part) => part.text)
            .join(''),
        ).toBe(text);
      }),
    );
  }, 20_000);
});

describe('accents', () => {
  it.each([
    ['B\\"uchi', 'Büchi'],
    ["Stehl\\'{e}", 'Stehlé'],
    ['K{é}vin', 'Kévin'],
    ['\\L{}ukasz {\\L}ukasiewicz Szko\\l a', 'Łukasz Łukasiewicz Szkoła'],
    ["Erd\\H{o}s--R\\'enyi", 'Erdős--Rényi'],
    ['na\\"{\\i}ve {\\\'\\i}', 'naïve í'],
    ["\\v{C}ern\\'{y} and \\c T", 'Černý and Ţ'],
    ['minera\\c{c}\\~ao', 'mineração'],
    ["Gau{\\ss}, {\\AE}, Tur{\\'a}n", 'Gauß, Æ, Turán'],
    ['{G}PT', 'GPT'],
  ])('%j is %j', (tex, letters) => expect(decodeTexAccents(tex)).toBe(letters));

  it.each([
    ['$\\"u$ and $\\mathbb{R}$', 'in formulas'],
    ['\\textbf{C}ausal mathcal{O}(n)', 'where braces hold an argument'],
    ['et al\\. A', 'where a space follows'],
  ])('leave %j alone: %s', (text) => expect(decodeTexAccents(text)).toBe(text));

  it('leave an apostrophe and a URL unchanged', () => {
    expect(decodeTexAccents("don\\'t see www.x.edu/\\~ugo")).toBe("don't see www.x.edu/~ugo");
  });

  it.each(["\\'", '{\\"u}', '$5 ', '$$ ', '\\( ', '\\', '{', '\\u ', '\\aaaaaaaaaaaaaaaaaaaa{', "\\'{ "])(
    'take linear time for %j again and again: quadratic time would meet the limit',
    (piece) => {
      expect(typeof decodeTexAccents(piece.repeat(Math.ceil(200_000 / piece.length)))).toBe('string');
    },
  );
});
