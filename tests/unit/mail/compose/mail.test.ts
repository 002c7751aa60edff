/** Tests the digest mail: its contents, its size, and that no outside text becomes markup. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Paper } from '#core/paper.ts';
import { toFormulaText, toPlainText } from '#mail/compose/formula-text.ts';
import { composeDigest, htmlBytesMax } from '#mail/compose/write-mail.ts';
import { parsePaperQuery } from '#query/parse-paper-query.ts';
import { aPaper } from '#tests/a-paper.ts';
import { arbitraryPaper } from '#tests/arbitrary-query.ts';
import { propertyRuns } from '#tests/property-runs.ts';
import { toMathml } from '#view/text/mathml.ts';
import { toSegments } from '#view/text/text-segments.ts';

const links = {
  manageHref: 'https://digest.example/subscription/T',
  leaveHref: 'https://digest.example/subscription/T/leave',
};

const compose = (papers: readonly Paper[], q = '', count = papers.length) =>
  composeDigest({
    query: parsePaperQuery(new URLSearchParams({ q })).query,
    papers,
    count,
    tagLabels: new Map([['nlp', 'NLP']]),
    day: '2025-12-16' as never,
    siteUrl: 'https://digest.example',
    emptyReason: 'No papers, because it is a test.',
    links,
  });

describe('digest mail', () => {
  it('the mail groups papers by topic, the largest first, and explains each paper', () => {
    const tag = { kind: 'topic', slug: 'nlp', label: 'NLP', words: ['language model', 'parsing'] } as never;
    const papers = [
      aPaper({ id: 'a', title: 'Alone', tags: ['survey'], authors: ['Jo Roe'] }),
      aPaper({ id: 'b', title: 'Parsing', tags: [tag] }),
      aPaper({ id: 'c', title: 'More parsing', tags: [tag], abstract: 'A draft of it.' }),
    ];
    const { subject, text, html } = compose(papers, 'tag:nlp draft');
    expect(subject).toBe('3 new papers: draft, NLP');
    expect(text.match(/^== .* ==$/gm)).toEqual(['== NLP ==', '== Other papers ==']);
    expect(text).toContain('> “draft” in the abstract · NLP from “language model” and “parsing”');
    expect(html).toContain('“draft” in the abstract · NLP from “language model” and “parsing”');
    for (const form of [text, html])
      for (const href of ['https://digest.example/papers/b', links.leaveHref, links.manageHref])
        expect(form).toContain(href);
  });

  it('the mail shows authors and date, and links to page, PDF and code', () => {
    const { text } = compose([
      aPaper({ arxivId: '2405.14906', links: [{ kind: 'code', url: 'https://github.com/x/y' }], upvotes: 3 }),
    ]);
    expect(text).toContain('Ada Example, Bo Sample · 23 May 2024 · 3 upvotes');
    expect(text).toContain(
      'https://digest.example/papers/2405.14906\narXiv: https://arxiv.org/abs/2405.14906\nPDF: https://arxiv.org/pdf/2405.14906\nCode: https://github.com/x/y',
    );
    expect(text).toContain('> listed on 16 Dec 2025, place 1');
  });

  it('an empty digest says why it has no papers', () => {
    const { subject, text, html } = compose([]);
    expect(subject).toBe('No new papers');
    for (const form of [text, html]) expect(form).toContain('No papers, because it is a test.');
  });

  it('the mail stays below the clipping size of mail clients and counts the omitted papers', () => {
    const papers = Array.from({ length: 40 }, (_, i) =>
      aPaper({
        id: `p${i}`,
        title: '“&<'.repeat(300),
        abstract: '&"<>'.repeat(900),
        authors: Array(5).fill('&'.repeat(200)),
        links: [{ kind: 'code', url: `https://github.com/x/${'&'.repeat(400)}` }],
      }),
    );
    const { html, text } = compose(papers, '', 200);
    expect(Buffer.byteLength(html)).toBeLessThanOrEqual(htmlBytesMax);
    expect(html.match(/<h3>/g)?.length).toBeGreaterThan(5);
    expect(text).toMatch(/and 1\d\d more papers: https:\/\/digest\.example\/papers/);
  });

  it('papers and filters cannot add markup, links or lines to the mail', () => {
    const nasty = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.constantFrom(
        '<script>alert(1)</script>',
        '"><img src=x onerror=1>',
        '\r\nBcc: a@b.example',
        '$<b>$',
        '\\href{javascript:x}{y}',
        '{{TOKEN}}',
        '&lt;',
      ),
    );
    const paper = fc.tuple(arbitraryPaper, nasty, nasty, nasty).map(([one, title, abstract, author]) => ({
      ...one,
      title: `x${title}`,
      abstract,
      authors: [`y${author}`],
      authorCount: 1,
      organization: title,
    }));
    fc.assert(
      fc.property(fc.array(paper, { maxLength: 4 }), nasty, (papers, q) => {
        const { html, subject } = compose(papers, q);
        expect(subject).not.toMatch(/\p{Cc}|\u2028/u);
        const tags = new Set([...html.matchAll(/<(\/?[a-z!]\w*)/gi)].map((match) => match[1]));
        for (const tag of tags)
          expect([
            '!doctype',
            'html',
            'head',
            'meta',
            'title',
            'style',
            'body',
            'div',
            'p',
            'h1',
            'h2',
            'h3',
            'a',
            'span',
          ]).toContain(tag?.replace('/', ''));
        for (const [, href = ''] of html.matchAll(/href="([^"]*)"/g)) expect(href).toMatch(/^https?:\/\//);
        expect(html).not.toMatch(/<[^>]*\son\w+=/i);
      }),
      { numRuns: propertyRuns(1_000) },
    );
  }, 60_000);
});

describe('formula text', () => {
  it.each([
    ['O(n^2)', 'O(n²)'],
    ['x_{i}^{2}', 'xᵢ²'],
    ['10^{-3}', '10⁻³'],
    ['\\frac{a+b}{2}', '(a+b)/2'],
    ['\\alpha \\leq \\beta', 'α ≤ β'],
    ['\\tilde{O}(n \\log n)', 'Õ(n log n)'],
    ['\\sqrt{d_k}', '√dₖ'],
    ['2^{n-1}', '2ⁿ⁻¹'],
    ['\\mathcal{L}_{\\text{loss}}', 'L_loss'],
    ['\\begin{pmatrix}a&b\\\\c&d\\end{pmatrix}', '(a b; c d)'],
    ['p<0.05', 'p < 0.05'],
    ['\\overset{constructor}{x}', 'x'],
  ])('%s becomes plain text', (tex, text) => {
    expect(toFormulaText(toMathml(tex, false) ?? '')).toBe(text);
  });

  it('formulas stay in their sentence, and invalid TeX stays as source', () => {
    expect(toPlainText(toSegments("A $20.6\\times$ faster ``draft'' in $\\nosuch{$"))).toBe(
      'A 20.6 × faster “draft” in $\\nosuch{$',
    );
  });
});
