/** The views of a card and of a paper's page. */
import { describe, expect, it } from 'vitest';
import type { Condition } from '#core/condition.ts';
import { type Day, parseDay } from '#core/day.ts';
import type { Tag } from '#core/paper.ts';
import { aPaper } from '#tests/a-paper.ts';
import { plainCardContext, toCardContext, toPaperCard } from '#view/paper/paper-card.ts';
import { toPaperView } from '#view/paper/to-paper-view.ts';
import { explainTrending, explainWords } from '#view/text/explanation.ts';

const day = (text: string): Day => parseDay(text) ?? expect.fail(`${text} is no day`);
const word = (text: string, field: 'any' | 'title' | 'author' = 'any'): Condition => ({
  kind: 'text',
  field,
  match: 'word',
  text,
});
const card = (overrides: Parameters<typeof aPaper>[0]) => toPaperCard(aPaper(overrides), plainCardContext);
const topic = (slug: string, words: readonly string[] = []) =>
  ({ kind: 'topic', slug, label: slug, words }) as unknown as Tag;

describe('a card', () => {
  it.each([
    [[], null, [], ''],
    [[], 4, [], '4 authors'],
    [[], 1, [], '1 author'],
    [['A', 'B', 'C', 'D', 'E'], 5, ['A', 'B', 'C', 'D', 'E'], ''],
    [['A', 'B', 'C', 'D', 'E', 'F'], 6, ['A', 'B', 'C', 'D'], 'and 2 more'],
  ])('a card shows the authors %j (count %j)', (authors, authorCount, shown, label) => {
    const view = card({ authors, authorCount });
    expect(view.authors.map((author) => author.label)).toEqual(shown);
    expect(view.authorsLabel).toBe(label);
  });

  it('a card of a paper with 3,303 authors stays short', () => {
    const authors = Array.from({ length: 3303 }, (_, i) => `Author ${i}`);
    expect(card({ authors }).authorsLabel).toBe('and 3,299 more');
  });

  it('a card shows upvotes and comments only if there are any', () => {
    expect(card({ upvotes: 1, commentCount: 12 })).toMatchObject({
      upvotesLabel: '1 upvote',
      commentsLabel: '12 comments',
    });
    expect(card({ upvotes: 0, commentCount: null })).toMatchObject({ upvotesLabel: null, commentsLabel: null });
  });

  it('a card shows six tags, topics first, with the words that led to them', () => {
    const tags = [
      'cs.CL',
      topic('b', ['code generation', 'program synthesis']),
      ...['c', 'd', 'e', 'f', 'g'].map((slug) => topic(slug)),
    ];
    const view = card({ tags });
    expect(view.tags.map((tag) => tag.slug)).toEqual(['b', 'c', 'd', 'e', 'f', 'g']);
    expect(view.tags[0]).toMatchObject({ title: 'from “code generation”, “program synthesis”', href: '/tags/b' });
  });

  it('a card links to arXiv by id, and to the first code link', () => {
    const links = ['x/y', 'z'].map((path) => ({ kind: 'code' as const, url: `https://github.com/${path}` }));
    expect(card({ arxivId: 'hep-th/9901001', links }).links).toEqual({
      arxiv: 'https://arxiv.org/abs/hep-th/9901001',
      pdf: 'https://arxiv.org/pdf/hep-th/9901001',
      code: 'https://github.com/x/y',
      project: null,
    });
    expect(card({}).links.arxiv).toBeNull();
  });

  it('a card shows the latest listing within the days of the list', () => {
    const listings = ['2025-12-01', '2025-12-16', '2025-12-10'].map((listed) => ({
      source: 'hf',
      day: listed,
      position: 1,
    }));
    const paper = aPaper({ listings });
    expect(toPaperCard(paper, plainCardContext).listed).toEqual({
      datetime: '2025-12-16',
      label: '16 Dec 2025',
      href: '/papers/date/2025-12-16',
      by: 'Hugging Face',
    });
    expect(
      toPaperCard(paper, toCardContext([], { from: day('2025-12-01'), to: day('2025-12-07') })).listed?.datetime,
    ).toBe('2025-12-01');
  });

  it('a card highlights words only in the searched field', () => {
    const paper = aPaper({ title: 'Decoder models', abstract: 'A decoder.' });
    const view = toPaperCard(paper, toCardContext([word('decoder', 'title')], { from: null, to: null }));
    expect(view.title[0]).toEqual({ kind: 'mark', text: 'Decoder' });
    expect(view.abstract).toEqual([{ kind: 'text', text: 'A decoder.' }]);
  });

  it('a card is plain JSON', () => {
    const view = card({ title: 'On $x$', tags: ['cs.CL', 'nlp'], organization: 'Example University' });
    expect(JSON.parse(JSON.stringify(view))).toEqual(view);
    expect(view.organization?.href).toBe('/papers?q=org%3A%22Example+University%22'.replace('%3A', ':'));
  });
});

describe('the explanation', () => {
  const paper = aPaper({
    title: 'Decoder models',
    abstract: 'A draft model.',
    authors: ['Jane Doe'],
    tags: [topic('vision')],
  });
  it('the explanation names the field of each word', () => {
    expect(explainWords([word('decoders'), word('draft'), word('doe'), word('vision')], paper)).toBe(
      '“decoders” in the title, “draft” in the abstract, “doe” among the authors, “vision” among the topics',
    );
    expect(explainWords([word('model'), word('decoder')], paper)).toBe('“model” and “decoder” in the title');
  });
  it('the explanation names the missing words of a partial match', () => {
    expect(explainWords([word('draft'), word('mamba'), word('robot')], paper)).toBe(
      '“draft” in the abstract, not “mamba” or “robot”',
    );
  });
  it('the explanation is empty without words', () =>
    expect(explainWords([{ kind: 'not', condition: word('x') }], paper)).toBe(''));
  it('the explanation lists the parts of a trending score', () => {
    const voted = aPaper({ upvotes: 12, commentCount: 1 });
    expect(explainTrending(5.657, voted, day('2025-12-16'))).toBe(
      'score 5.66: 12 upvotes, 1 comment, listed on the latest day',
    );
    expect(explainTrending(1, voted, day('2025-12-17'))).toContain('listed 1 day before the latest');
    expect(explainTrending(1, aPaper({ listings: [], publishedOn: '2025' }), day('2025-01-03'))).toContain(
      'published 2 days before the latest',
    );
  });
});

describe('a paper’s page', () => {
  const paper = aPaper({
    arxivId: '2405.14906',
    comment: 'Accepted at X \\& Y',
    links: [
      { kind: 'code', url: 'https://github.com/x/y' },
      { kind: 'doi', url: 'https://doi.org/10.1000/x' },
      { kind: 'source', url: 'https://huggingface.co/papers/2405.14906' },
      { kind: 'arxiv', url: 'https://arxiv.org/abs/2405.14906' },
    ],
    listings: [
      { source: 'hf', day: '2025-12-10', position: 3 },
      { source: 'listing', day: '2025-12-16', position: 2 },
      { source: 'hf', day: '2025-12-16', position: 1 },
    ],
    provenance: [{ source: 'hf', fields: ['title', 'commentCount', 'upvotes'], fetchedAt: '2025-12-16T08:30:00Z' }],
  });
  const other = aPaper({ id: 'other', title: 'Other $x$' });
  const view = toPaperView(paper, {
    related: [{ paper: other, terms: ['speculative', 'draft model'], topics: ['Decoding'], authors: ['Jane Doe'] }],
    relatedSort: 'new',
    previous: null,
    next: other,
  });

  it('every link of a paper has a label', () => {
    expect(view.allLinks.map((link) => link.label)).toEqual([
      'arXiv 2405.14906',
      'PDF at arXiv',
      'github.com/x/y',
      'DOI 10.1000/x',
      'Hugging Face',
    ]);
  });
  it('the provenance names source, fields and time', () => {
    expect(view.provenance).toEqual([
      {
        source: 'Hugging Face',
        fields: 'title, number of comments and upvotes',
        fetched: { datetime: '2025-12-16T08:30:00Z', label: '16 Dec 2025, 08:30 UTC' },
      },
    ]);
    expect(view.listings.map(({ datetime, source, position }) => [datetime, source, position])).toEqual([
      ['2025-12-16', 'Hugging Face', 1],
      ['2025-12-16', 'Pasted listing', 2],
      ['2025-12-10', 'Hugging Face', 3],
    ]);
    expect(view.comment).toBe('Accepted at X & Y');
  });
  it('a paper’s page explains related papers and links to its neighbours', () => {
    expect(view.related[0]).toMatchObject({
      href: '/papers/other',
      reason: 'shares “speculative”, “draft model” · also on Decoding · same author Jane Doe',
    });
    expect(view.relatedSorts.map(({ label, href, active }) => [label, href, active])).toEqual([
      ['Most alike', '/papers/2405.14906#related', false],
      ['Newest', '/papers/2405.14906?related=new#related', true],
      ['Most upvotes', '/papers/2405.14906?related=upvotes#related', false],
    ]);
    expect(view.previous).toBeNull();
    expect(view.next).toMatchObject({ href: '/papers/other', label: 'Other $x$' });
    expect(view.bibtex).toContain('@misc{example2024plaintitle,');
  });
  it('a paper’s page is plain JSON', () => expect(JSON.parse(JSON.stringify(view))).toEqual(view));
});
