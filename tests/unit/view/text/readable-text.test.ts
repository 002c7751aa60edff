/** Readable text outside formulas. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toReadableText } from '#view/text/readable-text.ts';

describe('readable text', () => {
  it.each([
    ["the original (``canonical'') string", 'the original (“canonical”) string'],
    ['``scratch tokens" and "free" ones', '“scratch tokens” and "free" ones'],
    ["``slow thinking`` of ``CodeT5+'' x''", "“slow thinking” of “CodeT5+” x''"],
    ["``a $x$ b''", '“a $x$ b”'],
  ])('TeX quotes become typographic quotes: %j', (text, shown) => expect(toReadableText(text)).toBe(shown));

  it.each([
    ['20.6times faster, up to 15times (11.5times)', '20.6× faster, up to 15× (11.5×)'],
    ['sim7\\% and sim543K, sim2real, sim2-to-real', '~7% and ~543K, sim2real, sim2-to-real'],
  ])('remains of stripped TeX become readable: %j', (text, shown) => expect(toReadableText(text)).toBe(shown));

  it.each([
    ['Q\\&A, 5\\%, a\\_b, \\#P, \\$5, \\{x\\}', 'Q&A, 5%, a_b, #P, $5, {x}'],
    ['A -- B, PET--CT, why---here', 'A – B, PET–CT, why—here'],
    ['use --no-cache', 'use --no-cache'],
    ['Lean~4 and domain~$X$', 'Lean\u00a04 and domain\u00a0$X$'],
    ['12~20% of 1~4', '12~20% of 1~4'],
    ['https://a.example/~x--y``z', 'https://a.example/~x--y``z'],
    ['\\textbf{Info $x$ (I)} {\\em and} {\\bf 1\\%} \\emph{a \\texttt{b}}', 'Info $x$ (I) and 1% a b'],
    ['\\href{https://x.example}{The Final} at \\url{https://a.example/c\\_d}', 'The Final at https://a.example/c_d'],
    ['SAT(\\Gamma), \\LaTeX{}, {\\mu}-x, previous \\cite{a1}', 'SAT(Γ), LaTeX, μ-x, previous […]'],
    ['\\unknown{x} {No-RAG, $x$}', '\\unknown{x} {No-RAG, $x$}'],
  ])('TeX outside formulas becomes readable: %j', (text, shown) => expect(toReadableText(text)).toBe(shown));

  it.each([
    ['a &lt; b &amp; c &#8211; d', 'a < b & c – d'],
    ['LEN<sup>p</sup> of <b><i>H</i></b><br>next', 'LENp of H next'],
    ['<script>alert(1)</script> <think> ]]>', '<script>alert(1)</script> <think> ]]>'],
    ['x\u202egnp\u202c.exe\u0000\u200b y\u2028z\n\n w', 'xgnp.exe y z w'],
  ])('HTML is plain text: %j', (text, shown) => expect(toReadableText(text)).toBe(shown));

  it('any text becomes one line without invisible characters', () => {
    const piece = fc.oneof(
      fc.constantFrom('\\', '{', '}', '$', '``', "''", '--', '~', '<i>', '</i>', '&amp;', '\u202e', '\n', '\\emph{'),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        expect(toReadableText(pieces.join(''))).not.toMatch(/\p{Cc}|\p{Cs}|[\u202a-\u202e\u2066-\u2069\u2028\u2029]/u);
      }),
    );
  }, 20_000);

  it.each(['{', '}', '``', "''", '~', '--', '<i>', '\\emph{', '\\', 'sim1', '1times', '&lt;', '\\href{', 'https://'])(
    'repeated %j takes linear time: quadratic time would exceed the timeout',
    (piece) => {
      expect(typeof toReadableText(piece.repeat(Math.ceil(100_000 / piece.length)))).toBe('string');
    },
  );
});
