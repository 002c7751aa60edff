/** Segments of titles and abstracts: highlights, MathML, and no markup from sources. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Condition } from '#core/condition.ts';
import { tokenize } from '#core/text/terms.ts';
import { propertyRuns } from '#tests/property-runs.ts';
import { toMarkTerms } from '#view/text/highlights.ts';
import { toMathml } from '#view/text/mathml.ts';
import { toReadableText } from '#view/text/readable-text.ts';
import { toPlainText, toSegments } from '#view/text/text-segments.ts';

type Text = Extract<Condition, { kind: 'text' }>;
const wanted = (text: string, match: Text['match'] = 'word', field: Text['field'] = 'any'): Text => ({
  kind: 'text',
  field,
  match,
  text,
});
const marked = (text: string, ...where: readonly Condition[]) =>
  toSegments(text, toMarkTerms(where, ['any', 'title'])).flatMap((segment) =>
    segment.kind === 'mark' ? segment.text : [],
  );

describe('highlights', () => {
  it('only words with the same stem are highlighted', () => {
    expect(marked('Models model modern modelling; a mode', wanted('modeling'))).toEqual([
      'Models',
      'model',
      'modelling',
    ]);
  });
  it('a phrase or a hyphenated word is one highlight', () => {
    expect(marked('Decoder-only models; the decoder is the only one', wanted('decoder-only'))).toEqual([
      'Decoder-only',
    ]);
    expect(marked('Attention is all you need', wanted('is all you', 'phrase'))).toEqual(['is all you']);
  });
  it('a prefix highlights the whole word', () =>
    expect(marked('Decoders, décor and code', wanted('deco', 'prefix'))).toEqual(['Decoders', 'décor']));
  it('a prefix after other words is highlighted with them', () =>
    expect(marked('GPT-4o and gpt-4 turbo', wanted('gpt-4', 'prefix'))).toEqual(['GPT-4o', 'gpt-4']));
  it('highlights ignore case and accents, and work in Chinese', () => {
    expect(marked('B\\"uchi automata', wanted('buchi'))).toEqual(['Büchi']);
    expect(marked('关于深度学习的研究', wanted('深度'))).toEqual(['深度']);
  });
  it('highlights come from the searched field and all alternatives, never from exclusions', () => {
    const text = 'vision, speech and text';
    expect(marked(text, wanted('vision', 'word', 'abstract'), wanted('speech', 'word', 'title'))).toEqual(['speech']);
    expect(marked(text, { kind: 'anyOf', conditions: [wanted('vision'), wanted('text')] })).toEqual(['vision', 'text']);
    expect(marked(text, { kind: 'not', condition: wanted('vision') })).toEqual([]);
  });
  it('a highlight ends before a formula', () => {
    const segments = toSegments('the $k$-means method', toMarkTerms([wanted('the k means', 'phrase')], ['any']));
    expect(segments.map(({ kind, text }) => [kind, text])).toEqual([
      ['mark', 'the '],
      ['math', '$k$'],
      ['mark', '-means'],
      ['text', ' method'],
    ]);
  });
});

describe('segments', () => {
  const vocabulary = [
    'decoder',
    'decoding',
    'Büchi',
    '$k$',
    '$\\alpha_i$',
    '学习',
    'the',
    '``code',
    "''",
    '<b>',
    '\\emph{only}',
    '-',
    '&amp;',
    'x',
  ];
  const sentence = fc.array(fc.constantFrom(...vocabulary), { maxLength: 25 }).map((words) => words.join(' '));

  it('joined segments equal the readable text, with and without highlights', () => {
    fc.assert(
      fc.property(
        fc.oneof(sentence, fc.string({ unit: 'binary' })),
        fc.constantFrom('decoder', 'the', '学习', 'x'),
        (text, word) => {
          const plain = toReadableText(text);
          expect(toPlainText(toSegments(text))).toBe(plain);
          expect(toPlainText(toSegments(text, toMarkTerms([wanted(word)], ['any'])))).toBe(plain);
        },
      ),
    );
  }, 20_000);

  it('exactly the matching tokens outside formulas are highlighted', () => {
    fc.assert(
      fc.property(sentence, fc.constantFrom('decoders', 'buchi', 'x', 'k', '学习'), (text, word) => {
        const stem = tokenize(word)[0]?.term;
        const isWanted = (part: string) => tokenize(part).filter((token) => token.term === stem).length;
        const segments = toSegments(text, toMarkTerms([wanted(word)], ['any']));
        for (const { kind, text: part } of segments) {
          if (kind === 'mark') expect(isWanted(part)).toBe(1);
          if (kind === 'text') expect(isWanted(part)).toBe(0);
        }
      }),
    );
  }, 20_000);

  it('hostile markup stays text', () => {
    const text = '<script>alert(1)</script> ]]> <img src=x onerror=alert(1)> &lt;b&gt;';
    expect(toSegments(text)).toEqual([
      { kind: 'text', text: '<script>alert(1)</script> ]]> <img src=x onerror=alert(1)> <b>' },
    ]);
  });

  it('the longest abstracts take little time', () => {
    const abstract = "We prove that $O(n^2)$ is ````tight'' for 5\\% of \\emph{all} graphs -- and more. ".repeat(220);
    expect(toPlainText(toSegments(abstract, toMarkTerms([wanted('graph')], ['any'])))).toContain(
      '5% of all graphs – and',
    );
  });
});

describe('MathML', () => {
  const elements =
    'math mrow mi mn mo mtext mspace msub msup msubsup mfrac msqrt mroot mover munder munderover mtable mtr mtd mstyle mpadded mphantom menclose';
  const attributes = `xmlns display mathvariant stretchy fence separator accent accentunder lspace rspace width height depth voffset minsize maxsize
    linebreak linethickness scriptlevel displaystyle mathsize rowspacing columnspacing columnalign columnlines rowlines notation largeop movablelimits symmetric valign`;
  const isOwn = (mathml: string) => {
    const rest = mathml.replace(/<\/?([a-z]+)((?: [a-zA-Z]+="[^"<>]*")*)>/g, (_, name: string, list: string) => {
      expect(elements.split(/\s+/)).toContain(name);
      for (const [, attribute] of list.matchAll(/ ([a-zA-Z]+)=/g)) expect(attributes.split(/\s+/)).toContain(attribute);
      return '';
    });
    expect(rest).not.toMatch(/[<>]/);
  };

  it('MathML has no annotation with the TeX source', () => {
    expect(toMathml('x^2', false)).toBe(
      '<math xmlns="http://www.w3.org/1998/Math/MathML"><mrow><msup><mi>x</mi><mn>2</mn></msup></mrow></math>',
    );
    expect(toMathml('x', true)).toContain('display="block"');
  });

  it.each([
    '</math><script>alert(1)</script>',
    '\\text{<b onclick=x>"\'}',
    'a<b>c',
    '\\color{red}x \\colorbox{white}{y}',
    '\\rule{999em}{999em}',
    '\\vcenter{x}',
    '\\boxed{\\cancel{x}}',
  ])('MathML has only allowed elements and attributes for %j', (tex) => isOwn(toMathml(tex, false) ?? ''));

  it('MathML of any input has only allowed elements and attributes', () => {
    const piece = fc.oneof(
      fc.constantFrom('\\frac{1}{2}', '\\text{', '}', '<', '>', '"', '&', '\\\\', '^', '_', '\\sqrt', '{'),
      fc.string({ maxLength: 8 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => isOwn(toMathml(pieces.join(''), false) ?? '')),
      { numRuns: propertyRuns(300) },
    );
  }, 30_000);

  it.each([
    ['\\href{javascript:alert(1)}{x}', 'a link'],
    ['\\htmlStyle{position:fixed}{x}', 'a style'],
    ['\\includegraphics{https://x.example/a.png}', 'an image'],
    ['\\gdef\\x{y}', 'a definition'],
    ['\\char"202E', 'a character code'],
    ['\\kern-200em x', 'a far jump'],
    ['\\nosuchcommand', 'an unknown command'],
    ['x}', 'a lone brace'],
    ['x'.repeat(2_001), 'a long formula'],
    [`\\def\\a{\\a\\a}\\a`, 'an endless one'],
  ])('a forbidden formula has no MathML: %j (%s)', (tex) => {
    expect(toMathml(tex, false)).toBeNull();
    expect(toSegments(`$${tex}$`).every((segment) => segment.kind === 'text')).toBe(true);
  });

  it('a subtraction is no negative length', () => expect(toMathml('n-10', false)).toContain('<mn>10</mn>'));
});
