/** Texts that break careless programs: TeX, quotes, braces, markup, other scripts, emoji and spreadsheet formulas. */
import fc from 'fast-check';
import type { Paper } from '#core/paper.ts';
import { cleanText } from '#core/text/clean-text.ts';
import { aPaper } from './a-paper.ts';

const piece = fc.constantFrom(
  ...[
    '$x^2 < y$',
    '$\\sqrt{3}$',
    '\\(a_b\\)',
    '$$E=mc^2$$',
    '$',
    '\\',
    '\\"u',
    "\\'{e}",
    '\\alpha',
    '\\textbf{bold}',
    '{',
    '}',
    '{GPT}',
  ],
  ...[
    '"',
    "'",
    "``quoted''",
    '“q”',
    '<b>',
    '</b>',
    '<script>alert(1)</script>',
    '&',
    '&amp;',
    '&lt;',
    ']]>',
    '<![CDATA[',
    '<!--',
    '-->',
    '<?xml?>',
  ],
  ...[
    '深度学习',
    '한국어',
    'العربية',
    'Ñandú',
    'e\u0301',
    '🙂',
    '👩‍👩‍👧',
    '𝜋',
    '\u0000',
    '\u0007',
    '\u001f',
    '\u007f',
    '\ufffe',
    '\ud800',
    '\udc00',
  ],
  ...[
    '\u00a0',
    '\u2028',
    '\t',
    '\n',
    '\r\n',
    ',',
    ';',
    '=1+1',
    '+1',
    '-1',
    '@cmd',
    "'=x",
    '#',
    '%',
    '_',
    '*',
    '**',
    '`',
    '[link](x)',
    '![i]',
    '|',
    '~',
    '^',
    ':',
    '/',
  ],
  ...[
    'and',
    'AND',
    'others',
    'The',
    'LLMs',
    'Q-learning',
    'word',
    'a',
    'Team',
    '1.',
    '- ',
    'https://example.org/a_b',
    'TY  - X',
    'ER  - ',
    '@misc{',
  ],
);

/** Random text, often built from pieces that have a meaning in some format. */
const nastyText: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .array(fc.tuple(piece, fc.constantFrom('', ' ')), { minLength: 1, maxLength: 7 })
      .map((parts) => parts.flat().join('')),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }) },
);

/** Text after the cleaning that every source applies. */
const nastyLine = nastyText.map((text) => cleanText(text) || 'Untitled');

export const nastyPaper: fc.Arbitrary<Paper> = fc
  .record({
    number: fc.nat(99_999),
    hasArxivId: fc.boolean(),
    title: nastyLine,
    abstract: fc.oneof(fc.constant(''), nastyLine),
    authors: fc.array(nastyLine, { maxLength: 3 }),
    organization: fc.option(nastyLine, { nil: null }),
    comment: fc.option(nastyLine, { nil: null }),
    tags: fc.uniqueArray(fc.constantFrom('nlp', 'code-generation', 'cs.cl'), { maxLength: 2 }),
  })
  .map(({ number, hasArxivId, ...paper }) => {
    const arxivId = `2405.${String(number).padStart(5, '0')}`;
    return aPaper({ ...paper, id: hasArxivId ? arxivId : `paper-${number}`, arxivId: hasArxivId ? arxivId : null });
  });
