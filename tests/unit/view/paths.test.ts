/** The list of topics, the command palette, and API v1. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TagSlugSchema } from '#core/paper.ts';
import { aPaper } from '#tests/a-paper.ts';
import { arbitraryPaper } from '#tests/arbitrary-query.ts';
import { toApiPaper, toApiPaperList } from '#view/api.ts';
import { ApiPaperListSchema, ApiPaperSchema } from '#view/api-schemas.ts';
import { PaletteSchema, paletteEntriesMax, toPalette } from '#view/palette.ts';
import { toTagListView } from '#view/tag-list-view.ts';

const tag = (slug: string, count: number, kind: 'topic' | 'category' = 'topic') => ({
  kind,
  slug: TagSlugSchema.parse(slug),
  label: slug.toUpperCase(),
  count,
});

describe('the topics', () => {
  const view = toTagListView({
    siteUrl: 'https://digest.example',
    tags: [
      tag('survey', 50),
      tag('nlp', 30),
      tag('translation', 40),
      tag('segmentation', 5),
      tag('detection', 6),
      tag('alone', 1),
      tag('gone', 0),
      tag('cs.cl', 9, 'category'),
    ],
    parents: new Map([
      ['translation', 'nlp'],
      ['segmentation', 'computer-vision'],
      ['detection', 'computer-vision'],
      ['alone', 'robotics'],
    ]),
    months: [
      { slug: 'nlp', month: '2025-12', count: 3 },
      { slug: 'survey', month: '2025-10', count: 1 },
    ],
  });

  it('topics are grouped by parent, the largest group first, the ungrouped last', () => {
    expect(view.groups.map((group) => [group.label, group.tags.map((one) => one.slug)])).toEqual([
      ['NLP', ['nlp', 'translation']],
      ['Computer vision', ['detection', 'segmentation']],
      ['Other topics', ['survey', 'alone']],
    ]);
    expect(view).toMatchObject({ total: 6, totalLabel: '6 topics' });
    expect(view.categories.map((one) => [one.slug, one.countLabel])).toEqual([['cs.cl', '9 papers']]);
  });
  it('all topics have a time series over the same months', () => {
    expect(view.groups[0]?.tags[0]?.course).toEqual([
      { month: '2025-10', label: 'October 2025', count: 0 },
      { month: '2025-12', label: 'December 2025', count: 3 },
    ]);
  });
});

describe('the palette', () => {
  it('the palette has pages, topics, papers and authors, each address once', () => {
    const papers = [
      aPaper({ id: 'a', title: "On ``x''", authors: ['Jane Doe'] }),
      aPaper({ id: 'b', authors: ['Jane Doe', 'Bo'] }),
    ];
    const { entries } = PaletteSchema.parse(toPalette({ papers, topics: [tag('nlp', 3)] }));
    expect(entries.map(({ kind, label }) => `${kind} ${label}`)).toEqual([
      'page Today',
      'page Papers',
      'page Trending',
      'page Topics',
      'page Library',
      'topic NLP',
      'paper On “x”',
      'paper A plain title',
      'author Jane Doe',
      'author Bo',
    ]);
    expect(new Set(entries.map((entry) => entry.href)).size).toBe(entries.length);
  });
  it('the palette respects its limit and reserves entries for authors', () => {
    const papers = Array.from({ length: 3_000 }, (_, i) => ({
      id: aPaper({ id: `p${i}` }).id,
      title: `T${i}`,
      authors: [`Author ${i}`],
    }));
    const { entries } = toPalette({ papers, topics: [] });
    expect(entries).toHaveLength(paletteEntriesMax);
    expect(entries.filter((entry) => entry.kind === 'author').length).toBeGreaterThan(400);
  });
});

describe('the API', () => {
  const siteUrl = 'https://digest.example';
  it('the API links to a paper’s page', () => {
    expect(toApiPaper(aPaper({ id: 'hep-th/9901001' }), siteUrl).url).toBe(
      'https://digest.example/papers/hep-th/9901001',
    );
  });
  it('the API’s response for any paper matches its schema after JSON', () => {
    fc.assert(
      fc.property(arbitraryPaper, (paper) => {
        const answer = toApiPaper(paper, siteUrl);
        expect(ApiPaperSchema.strict().parse(JSON.parse(JSON.stringify(answer)))).toEqual(answer);
        expect(answer).toMatchObject(paper);
      }),
    );
  }, 20_000);
  it('the keys of a list response have a fixed order', () => {
    const result = {
      total: 1,
      partial: 1,
      indexing: null,
      facets: {
        topics: [tag('nlp', 1)],
        years: [{ year: 2024, count: 1 }],
        authorCounts: [{ authors: 2, count: 1 }],
        hasCode: 0,
      },
    };
    const problems = [{ level: 'note' as const, parameter: 'q', message: 'A note.', start: 0, end: 1 }];
    const answer = toApiPaperList({
      result,
      papers: [{ paper: aPaper(), partial: true }],
      problems,
      corrections: [],
      next: 'abc',
      siteUrl,
    });
    expect(ApiPaperListSchema.strict().parse(answer)).toEqual(answer);
    expect(Object.keys(answer)).toEqual([
      'total',
      'partial',
      'atLeast',
      'papers',
      'facets',
      'problems',
      'next',
      'didYouMean',
    ]);
    expect(answer.papers[0]).toMatchObject({ partial: true, id: '2405.14906' });
  });
});
