/** BibTeX entries: arXiv's form, unique keys, and text that survives the way there and back. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderBibtex } from '#serve/render/formats/bibtex';
import { toReadableText } from '#serve/view/readable-text';
import { aPaper } from '#tests/a-paper';
import { readBibtex, splitAuthors, toPrinted } from '#tests/read-bibtex';

const fieldsOf = (...papers: Parameters<typeof aPaper>) => readBibtex(renderBibtex([aPaper(...papers)]))[0]?.fields ?? {};

describe('an entry', () => {
  it('has the form that arXiv prints', () => {
    const paper = aPaper({
      id: '1706.03762',
      arxivId: '1706.03762',
      title: 'Attention Is All You Need',
      authors: ['Ashish Vaswani', 'Noam Shazeer'],
      publishedOn: '2017-06-12',
      tags: [{ kind: 'category', slug: 'cs.cl' as never, label: 'cs.CL', words: [] }],
    });
    expect(renderBibtex([paper])).toBe(`@misc{vaswani2017attentionneed,
  title={Attention Is All You Need},
  author={Ashish Vaswani and Noam Shazeer},
  year={2017},
  eprint={1706.03762},
  archivePrefix={arXiv},
  eprinttype={arxiv},
  primaryClass={cs.CL},
  url={https://arxiv.org/abs/1706.03762},
}
`);
  });

  it('says only what is known', () => {
    expect(fieldsOf({ authors: [], authorCount: 4, publishedOn: null, title: 'Of the And' })).toEqual({ title: 'Of the And' });
  });

  it('names the source and the DOI of a paper that is not at arXiv', () => {
    const links = [
      { kind: 'doi' as const, url: 'https://doi.org/10.1000/x_y{1}' },
      { kind: 'source' as const, url: 'https://aclanthology.org/W11-3507/' },
    ];
    expect(fieldsOf({ id: 'W11-3507', links })).toMatchObject({ doi: '10.1000/x_y%7B1%7D', url: 'https://aclanthology.org/W11-3507/' });
  });

  it('keeps formulas as TeX, accents as letters, and capitals that mean something', () => {
    expect(fieldsOf({ title: 'GPT-4o and $\\{0,1\\}^n$: B\\"uchi\'s LLMs, 50\\% of Q-learning & a_b' }).title).toBe(
      "{GPT}-4o and $\\lbrace 0,1\\rbrace ^n$: Büchi's {LLMs}, 50\\% of {Q}-learning \\& a\\_b",
    );
  });

  it('escapes a formula whose braces do not balance', () => {
    expect(fieldsOf({ title: 'On $a_{b$ x' }).title).toBe('On \\$a\\_\\textbraceleft{}b\\$ x');
  });

  it('keeps a name whole that BibTeX would take apart', () => {
    const authors = ['Barnes and Noble', 'Sammy Davis, Jr.', 'others', 'ATLAS Collaboration', 'Ana Mand'];
    expect(fieldsOf({ authors }).author).toBe(
      '{Barnes and Noble} and {Sammy Davis, Jr.} and {others} and {ATLAS Collaboration} and Ana Mand',
    );
  });
});

describe('keys', () => {
  const keysOf = (...papers: Parameters<typeof aPaper>[0][]) =>
    readBibtex(renderBibtex(papers.map((paper) => aPaper(paper)))).map((entry) => entry.key);

  it('are unique, whatever stands in the list', () => {
    const twin = { title: 'Preface', authors: ['Jo Doe'], publishedOn: '2020' };
    expect(keysOf(twin, twin, { ...twin, title: 'Prefacea' }, twin)).toEqual([
      'doe2020preface',
      'doe2020prefacea',
      'doe2020prefaceaa',
      'doe2020prefaceb',
    ]);
    expect(new Set(keysOf(...Array.from({ length: 800 }, () => twin))).size).toBe(800);
  });
  it('are ASCII, with something in them', () => {
    expect(keysOf({ title: '深度学习', authors: ['李 明'], publishedOn: null, id: 'hep-th/9901001' })).toEqual(['paperhepth9901001']);
    expect(keysOf({ title: 'Über Öl', authors: ['Kurt G\\"odel'], publishedOn: '1931' })).toEqual(['godel1931uberol']);
  });
});

describe('the way there and back', () => {
  const tex = fc.constantFrom(
    '\\',
    '{',
    '}',
    '$',
    '%',
    '&',
    '#',
    '_',
    '~',
    '^',
    '"',
    '@',
    ',',
    ' and ',
    '\\"o',
    '$x$',
    '\\emph{',
    ']]>',
    '学',
    '😀',
    'LLM',
    '\u202e',
    "''",
    '``',
  );
  const hostile = fc
    .array(fc.oneof(tex, fc.string({ maxLength: 5 }), fc.string({ unit: 'binary', maxLength: 3 })), { minLength: 1, maxLength: 12 })
    .map((pieces) => pieces.join(''));

  it('keeps titles without formulas as they read', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const title = `T${text.replaceAll('$', '€').replace(/\\[([]/g, '')}`;
        expect(toPrinted(fieldsOf({ title }).title ?? '')).toBe(toReadableText(title));
      }),
      { numRuns: 1_000 },
    );
  }, 30_000);

  it('is always an entry that can be read, with every author', () => {
    fc.assert(
      fc.property(hostile, fc.array(hostile, { maxLength: 4 }), (title, names) => {
        const { author = '' } = fieldsOf({ title, authors: names });
        const expected = names.map((name) => toReadableText(name)).filter((name) => name !== '');
        expect(splitAuthors(author).map(toPrinted)).toEqual(expected);
      }),
      { numRuns: 1_000 },
    );
  }, 30_000);
});
