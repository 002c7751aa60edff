/** An exported paper makes TeX run mathematics and nothing else. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { bibtex } from '#formats/bibtex.ts';
import { markdown } from '#formats/markdown.ts';
import { titleToBibtex } from '#formats/shared/tex-to-bibtex.ts';
import { aPaper } from '#tests/a-paper.ts';
import { propertyRuns } from '#tests/property-runs.ts';
import { readBibtex, toPrinted } from '#tests/read-bibtex.ts';
import { renderFormat } from '#tests/render-format.ts';
import { toReadableText } from '#view/text/readable-text.ts';

/** Commands of TeX and of packages that access files, run programs, or redefine commands and characters. */
const dangerous = [
  ...[
    '\\input{/etc/passwd}',
    '\\include{x}',
    '\\openin1=/etc/passwd',
    '\\read1 to\\x',
    '\\endinput',
    '\\InputIfFileExists{x}{}{}',
  ],
  ...[
    '\\write18{id}',
    '\\immediate\\write18{id}',
    '\\openout3=x',
    '\\special{x}',
    '\\directlua{x}',
    '\\pdfliteral{x}',
    '\\ShellEscape{id}',
  ],
  ...[
    '\\csname input\\endcsname{x}',
    '\\catcode`\\@=0',
    '\\def\\a{x}',
    '\\gdef\\a{x}',
    '\\let\\a=\\input',
    '\\newcommand{\\a}{x}',
    '\\lccode65=1',
  ],
  ...[
    '\\expandafter\\input',
    '\\noexpand\\x',
    '\\message{x}',
    '\\show\\x',
    '\\char92',
    '\\verb|x|',
    '\\bgroup',
    '\\@input{x}',
    '\\tag@literal{x}',
  ],
  ...[
    '\\usepackage{x}',
    '\\verbatiminput{x}',
    '\\lstinputlisting{x}',
    '\\includegraphics{x}',
    '\\href{run:x}{y}',
    '\\url{x}',
    '\\htmlClass{a}{x}',
  ],
  ...[
    '^^5cinput{x}',
    '^^^^005cinput{x}',
    '\\begin{input}x\\end{input}',
    '\\begin{array}{@{\\input{x}}l}x\\end{array}',
    '\\loop\\iftrue\\repeat',
  ],
  ...[
    '\\jobname',
    '\\romannumeral',
    '\\scantokens{x}',
    '\\everymath{x}',
    '\\aftergroup\\input',
    '\\global\\let\\a\\b',
    '\\LLMs',
  ],
];
const places = [
  '%s',
  '$%s$',
  '$x + %s$',
  '$\\text{%s}$',
  '$\\mathrm{%s}$',
  '$a%%s$',
  '$$%s$$',
  '\\(%s\\)',
  '\\[x^{%s}\\]',
  '$\\frac{%s}{2}$',
];

/** Control sequences outside `\url` and `\doi`, and notations by character codes. */
const acting = (text: string): string[] => text.match(/\\[A-Za-z@]+|\\[^A-Za-z]|\^\^/g) ?? [];
const escapes = /^\\(?:text(?:backslash|braceleft|braceright|asciitilde|asciicircum)|[%&_#$])$/;
const mathematics = /^\\(?:text|mathrm|frac|lbrace|rbrace)$/;

describe('a title with a command that is no mathematics', () => {
  test.each(dangerous)('BibTeX contains %j as text, wherever it stands', (command) => {
    for (const place of places) {
      const title = place.replace('%s', () => command);
      const field = titleToBibtex(title);
      expect(acting(field).filter((sign) => !escapes.test(sign) && !mathematics.test(sign))).toEqual([]);
      // The readable text of the command is still printed.
      const letters = (text: string) => text.replace(/[^A-Za-z0-9]/g, '');
      expect(letters(toPrinted(field))).toBe(letters(toReadableText(title)));
    }
  });

  it('Markdown contains the command as text too, because renderers can pass formulas to TeX', () => {
    const text = renderFormat(markdown, [
      aPaper({ title: 'Of $\\input{/etc/passwd}$ and $x^2$', authors: ['$\\write18{id}$'] }),
    ]);
    expect(text).toContain('\\$\\\\input{/etc/passwd}\\$ and $x^2$');
    expect(text).toContain('\\$\\\\write18{id}\\$');
  });
});

it('mathematics stays TeX', () => {
  for (const tex of [
    '$x^2$',
    '$\\alpha_{1}$',
    '$\\mathcal{O}(n\\log n)$',
    '$98\\%$',
    '$\\sqrt{3} \\times \\mathbb{R}^d$',
    '$\\text{top-}k$',
    '$\\bm{w}$',
  ])
    expect(titleToBibtex(tex)).toBe(tex);
});

it('no field of an entry contains unescaped TeX commands', () => {
  const piece = fc.oneof(
    fc.constantFrom(...dangerous),
    fc.constantFrom('$', '$$', '\\', '{', '}', '%', '^^', ' ', 'x', '\\(', '\\)', '\\text{'),
  );
  const text = fc.array(piece, { minLength: 1, maxLength: 8 }).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(text, text, fc.webUrl(), (title, author, url) => {
      const links = [{ kind: 'source', url: `${url}?a=^^5cinput{x}` }] as const;
      const [entry] = readBibtex(renderFormat(bibtex, [aPaper({ title, authors: [author], links, arxivId: null })]));
      const { title: shown = '', author: name = '', url: address = '' } = entry?.fields ?? {};
      expect(acting(shown).filter((sign) => !escapes.test(sign) && !/^\\(?:text|[lr]brace|\\)$/.test(sign))).toEqual(
        [],
      );
      expect(acting(name).filter((sign) => !escapes.test(sign))).toEqual([]);
      expect(address).not.toMatch(/[\\{}\s]|\^\^/);
    }),
    { numRuns: propertyRuns(3_000) },
  );
}, 60_000);
