/** The content of each format. */
import { describe, expect, test } from 'vitest';
import type { Paper } from '#core/paper.ts';
import { atom } from '#formats/atom.ts';
import { bibtex } from '#formats/bibtex.ts';
import { cslJson } from '#formats/csl-json.ts';
import { csv } from '#formats/csv.ts';
import { formats } from '#formats/index.ts';
import { jsonFeed } from '#formats/json-feed.ts';
import { jsonl } from '#formats/jsonl.ts';
import { markdown } from '#formats/markdown.ts';
import { ris } from '#formats/ris.ts';
import { rss } from '#formats/rss.ts';
import { renderOpml } from '#formats/shared/opml.ts';
import { toEntry } from '#formats/shared/to-entry.ts';
import { aPaper } from '#tests/a-paper.ts';
import { aDay } from '#tests/days.ts';
import { renderFormat } from '#tests/render-format.ts';
import { toTagListView } from '#view/tag-list-view.ts';
import { toDayLabel } from '#view/text/labels.ts';

const paper: Paper = aPaper({
  id: '2405.14906',
  arxivId: '2405.14906',
  title: 'GPT-4 & $\\alpha$-Tests for B\\"uchi <automata>',
  abstract: 'It costs $O(n^2)$ & more.',
  authors: ['Ada Lovelace', 'Jan van der Berg', 'The Example Team'],
  publishedOn: '2024-05-23',
  listings: [
    { source: 'hf', day: '2024-05-27', position: 3 },
    { source: 'listing', day: '2025-12-16', position: 1 },
  ],
  commentCount: 4,
  links: [
    { kind: 'code', url: 'https://github.com/example/a_b' },
    { kind: 'doi', url: 'https://doi.org/10.1000/x{y}' },
  ],
  tags: ['code-generation', 'cs.SE'],
  provenance: [{ source: 'hf', fields: ['title', 'id'], fetchedAt: '2025-12-16T08:30:00Z' }],
});

const unknown = aPaper({
  id: 'a-title',
  title: 'A title',
  authors: [],
  authorCount: 4,
  abstract: '',
  publishedOn: null,
  listings: [],
});

describe('a feed', () => {
  test('an Atom feed has a stable id, dates from the data, and formulas as MathML', () => {
    const feed = renderFormat(atom, [paper]);
    expect(feed).toContain('<id>oai:arXiv.org:2405.14906</id>');
    expect(feed).toContain('<title>GPT-4 &amp; $\\alpha$-Tests for Büchi &lt;automata&gt;</title>');
    expect(feed).toContain('<published>2024-05-23T00:00:00Z</published>\n<updated>2025-12-16T00:00:00Z</updated>');
    expect(feed).toContain('<author><name>Jan van der Berg</name></author>');
    expect(feed).toContain('<category term="cs.se" label="cs.SE" scheme="https://digest.example/tags/"/>');
    expect(feed).toContain(
      '<link rel="related" type="application/pdf" title="PDF" href="https://arxiv.org/pdf/2405.14906"/>',
    );
    expect(feed).toMatch(
      /<p>It costs <math xmlns="http:\/\/www\.w3\.org\/1998\/Math\/MathML">.*<msup>.*<\/math> &amp; more\.<\/p>/,
    );
  });

  test('an Atom feed omits unknown fields', () => {
    const feed = renderFormat(atom, [unknown]);
    expect(feed).toContain('<id>tag:digest.example,2025:papers/a-title</id>');
    expect(feed).not.toContain('<published>');
    expect(feed).toContain('<p>4 authors</p>');
    expect(feed.match(/<author>/g)).toHaveLength(1); // the feed’s own, which the standard wants
  });

  test('an RSS feed has RFC 822 dates and ids that are no permalinks', () => {
    const feed = renderFormat(rss, [paper]);
    expect(feed).toContain('<pubDate>Tue, 16 Dec 2025 00:00:00 GMT</pubDate>');
    expect(feed).toContain('<guid isPermaLink="false">oai:arXiv.org:2405.14906</guid>');
    expect(feed).toContain('<dc:creator>Ada Lovelace</dc:creator>');
    expect(feed).toContain('&lt;math xmlns=');
  });

  test('a JSON Feed links to the next page if there is one', () => {
    const next = 'https://digest.example/feeds/papers.json?page=2';
    expect(JSON.parse(renderFormat(jsonFeed, [paper], { next }))).toMatchObject({
      version: 'https://jsonfeed.org/version/1.1',
      next_url: next,
      items: [
        {
          id: 'oai:arXiv.org:2405.14906',
          url: 'https://digest.example/papers/2405.14906',
          external_url: 'https://arxiv.org/abs/2405.14906',
          date_published: '2024-05-23T00:00:00Z',
          authors: [{ name: 'Ada Lovelace' }, {}, {}],
        },
      ],
    });
    expect(JSON.parse(renderFormat(jsonFeed, [paper]))).not.toHaveProperty('next_url');
  });

  test('an entry’s date is its latest listing or publication, else its first fetch', () => {
    const heard = [{ source: 'hf', fields: [], fetchedAt: '2025-12-17T08:30:00Z' }];
    const updated = (overrides: Parameters<typeof aPaper>[0]) =>
      toEntry(aPaper(overrides), 'https://digest.example').updatedAt.slice(0, 10);
    expect(updated({ publishedOn: '2026-01-02' })).toBe('2026-01-02');
    expect(updated({ publishedOn: '2019', listings: [] })).toBe('2019-01-01');
    expect(updated({ publishedOn: null, listings: [], provenance: heard })).toBe('2025-12-17');
    expect(updated({ publishedOn: null, listings: [] })).toBe('1970-01-01');
  });
});

describe('an export', () => {
  test('BibTeX escapes LaTeX, has the arXiv fields of BibTeX and biber, and does not split collaborations', () => {
    expect(renderFormat(bibtex, [paper])).toBe(`@misc{lovelace2024gpt4alphatests,
  title={{GPT}-4 \\& $\\alpha$-Tests for Büchi <automata>},
  author={Ada Lovelace and Jan van der Berg and {The Example Team}},
  year={2024},
  eprint={2405.14906},
  archivePrefix={arXiv},
  eprinttype={arxiv},
  primaryClass={cs.SE},
  doi={10.1000/x%7By%7D},
  url={https://arxiv.org/abs/2405.14906},
}
`);
  });

  test('BibTeX gives every paper a unique key', () => {
    const keys = [
      ...renderFormat(
        bibtex,
        Array.from({ length: 60 }, () => paper),
      ).matchAll(/^@misc\{([^,]+),/gm),
    ].map((match) => match[1]);
    expect(new Set(keys).size).toBe(60);
    expect(keys.slice(0, 3)).toEqual([keys[0], `${keys[0]}a`, `${keys[0]}b`]);
  });

  test('BibTeX has no formulas that break a document, and RIS has no empty fields', () => {
    const odd = aPaper({ title: "Of $caf\\'{e}$, $a\\ $ and $x^2$", comment: '\u2028' });
    expect(renderFormat(bibtex, [odd])).toContain(
      "title={Of \\$caf\\textbackslash{}'\\textbraceleft{}e\\textbraceright{}\\$, ",
    );
    expect(renderFormat(bibtex, [odd])).toContain(' and $x^2$}');
    expect(renderFormat(ris, [odd])).not.toContain('N1');
  });

  test('RIS and CSL-JSON split family names with their particles', () => {
    const tags = renderFormat(ris, [paper]).split('\r\n');
    expect(tags).toEqual(
      expect.arrayContaining([
        'TY  - UNPB',
        'AU  - Lovelace, Ada',
        'AU  - van der Berg, Jan',
        'AU  - The Example Team',
        'DA  - 2024/05/23/',
        'M1  - arXiv:2405.14906',
        'ER  - ',
      ]),
    );
    expect(JSON.parse(renderFormat(cslJson, [paper, unknown]))).toMatchObject([
      {
        id: 'lovelace2024gpt4alphatests',
        type: 'article',
        author: [
          { family: 'Lovelace', given: 'Ada' },
          { family: 'van der Berg', given: 'Jan' },
          { literal: 'The Example Team' },
        ],
        issued: { 'date-parts': [[2024, 5, 23]] },
        number: 'arXiv:2405.14906',
        publisher: 'arXiv',
      },
      { title: 'A title' },
    ]);
  });

  test('CSV has no cell that a spreadsheet would run', () => {
    const titles = ['=1+1', '+1', '-1', '@x', '\t=1', "'=1", 'plain', '"=1"'];
    const rows = renderFormat(
      csv,
      titles.map((title, i) => aPaper({ id: `p${i}`, title })),
    ).split('\r\n');
    expect(rows.slice(1, -1).map((row) => /^p\d,("(?:[^"]|"")*"|[^,]*),/.exec(row)?.[1])).toEqual([
      "'=1+1",
      "'+1",
      "'-1",
      "'@x",
      "'\t=1",
      "''=1",
      'plain',
      '"""=1"""',
    ]);
    expect(rows[0]).toMatch(/^id,title,authors,author_count,/);
  });

  test('Markdown escapes its own syntax but not formulas', () => {
    const text = renderFormat(markdown, [aPaper({ id: 'p', title: 'A *b* [c](d) _e_ `f` $x_1*y$' })]);
    expect(text).toContain('- [A \\*b\\* \\[c\\](d) \\_e\\_ \\`f\\` $x_1*y$](<https://digest.example/papers/p>) · ');
    expect(text).toContain(toDayLabel(aDay('2024-05-23')));
  });

  test('JSON Lines marks ids that come from the title', () => {
    const [known, made] = renderFormat(jsonl, [paper, unknown])
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(known).toMatchObject({
      id: '2405.14906',
      topics: ['code generation'],
      categories: ['cs.SE'],
      withdrawn: false,
      fetchedAt: '2025-12-16T08:30:00Z',
    });
    expect(known).not.toHaveProperty('idFromTitle');
    expect(made).toEqual({ id: 'a-title', idFromTitle: true, title: 'A title', authorCount: 4, withdrawn: false });
  });
});

test('every format has an address, a compressible media type, and a label', () => {
  expect(formats.map(({ extension }) => extension)).toEqual([
    'atom',
    'rss',
    'json',
    'bib',
    'ris',
    'csl.json',
    'csv',
    'md',
    'jsonl',
  ]);
  for (const { contentType } of formats)
    expect(contentType).toMatch(/^(?:text\/[\w-]+|application\/[\w.-]+\+(?:xml|json)); charset=utf-8/);
  expect(new Set(formats.map(({ label }) => label)).size).toBe(formats.length);
});

test('OPML lists the feeds of all topics', () => {
  const tags = [{ kind: 'topic' as const, slug: 'q&a' as never, label: 'Q & A', count: 3 }];
  const opml = renderOpml(
    toTagListView({ siteUrl: 'https://digest.example', tags, parents: new Map(), months: [] }),
    'https://digest.example',
  );
  expect(opml).toContain(
    '<outline type="rss" text="Q &amp; A" title="Q &amp; A" xmlUrl="https://digest.example/feeds/papers.atom',
  );
});
