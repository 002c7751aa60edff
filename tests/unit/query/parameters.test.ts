/** Parameters of addresses: parsing, errors and formatting. */
import { describe, expect, it } from 'vitest';
import { toQuery } from '#query/edit-query.ts';
import { formatChips, formatPaperQuery, formatQueryText, hrefOf } from '#query/format-query.ts';
import { nearest } from '#query/nearest.ts';
import { parsePaperQuery } from '#query/parse-paper-query.ts';

const parse = (search: string) => parsePaperQuery(new URLSearchParams(search));
const text = (search: string) => formatQueryText(parse(search).query);
const again = (search: string) => formatPaperQuery(parse(search).query).toString();

describe('parameters', () => {
  it('parameters and text become one query', () => {
    const { query, problems } = parse(
      'q=draft+authors:>10&tag=nlp&tag=-survey&authors=2..5&published=2024&listed=2025-12&has=code&has=-comments&sort=new&page=3',
    );
    expect(problems).toEqual([]);
    expect(query.page).toBe(3);
    expect(formatQueryText(query)).toBe(
      'draft tag:nlp -tag:survey authors:11.. authors:2..5 published:2024 listed:2025-12 has:code -has:comments sort:new',
    );
  });

  it('empty parameters are ignored', () => {
    expect(parse('q=&tag=&authors=&published=+&listed=&has=&sort=&page=')).toEqual({
      query: toQuery([]),
      problems: [],
    });
  });

  it.each([
    ['utm_source=mail', []],
    ['limit=10', []],
    ['autors=3', ['There is no parameter “autors”; did you mean “authors”?']],
    ['nonsense=3', ['There is no parameter “nonsense”.']],
    ['author=Doe', ['“author” is no parameter of the address; write it into q, as in q=author:…']],
    [
      'authors=many',
      [
        '“many” means nothing to the parameter “authors”; it takes a number or a range such as 3, 2..5, 10.., ..5, >=10 or <3.',
      ],
    ],
    ['authors=-3', ['“-3” means nothing to the parameter “authors”']],
    ['published=2025-02-30', ['“2025-02-30” means nothing to the parameter “published”']],
    ['has=money', ['“money” means nothing to the parameter “has”']],
    ['tag=--', ['“--” means nothing to the parameter “tag”']],
    ['sort=best', ['“best” is no order; “sort” takes one of relevance']],
    ['page=0', ['“0” is no page']],
    ['page=1e3', ['“1e3” is no page']],
    ['authors=3&authors=4', ['The parameter “authors” can be given once; the first of 2 is used.']],
    ['constructor=1', ['There is no parameter “constructor”.']],
  ])('%s', (search, expected) => {
    const { problems } = parsePaperQuery(new URLSearchParams(search), { otherNames: ['limit', 'cursor'] });
    expect(problems.map(({ level }) => level)).toEqual(expected.map(() => 'error'));
    for (const [i, message] of expected.entries()) expect(problems[i]?.message).toContain(message);
  });

  it('an invalid parameter does not affect the others', () => {
    expect(text('q=draft&authors=many&tag=nlp')).toBe('draft tag:nlp');
    expect(text('authors=3&authors=4')).toBe('authors:3');
  });

  it('the order in the text wins over the sort parameter', () => {
    expect(text('sort=old&q=sort:new')).toBe('sort:new');
    expect(text('q=sort:new&sort=old')).toBe('sort:new');
  });

  it('the span of a note refers to the raw value', () => {
    const given = '  authors:many';
    const [problem] = parsePaperQuery(new URLSearchParams({ q: given })).problems;
    expect(given.slice(problem?.start, problem?.end)).toBe('authors:many');
  });

  it('at most fifty problems are reported', () => {
    expect(parse(Array.from({ length: 2000 }, (_, i) => `x${i}=1`).join('&')).problems).toHaveLength(50);
  });
});

describe('addresses', () => {
  it('an address has its parameters in a fixed order, without defaults', () => {
    expect(again('page=1&has=code&tag=b&tag=a&q=draft&sort=')).toBe('q=draft&tag=a&tag=b&has=code');
    expect(again('')).toBe('');
  });

  it('the first condition of a kind becomes a parameter, the others go to q', () => {
    expect(again('q=authors:>3+-authors:5+authors:4&published=2024')).toBe(
      'q=authors%3A4..+-authors%3A5&authors=4&published=2024',
    );
    expect(again('q=tag:a|b+id:x+cat:cs')).toBe('q=id%3Ax+category%3Acs+tag%3Aa+OR+tag%3Ab');
  });

  it('an address does not escape colons', () => {
    expect(hrefOf('/papers', parse('q=title:draft&authors=>=2').query)).toBe('/papers?q=title:draft&authors=2..');
    expect(hrefOf('/papers', toQuery([]))).toBe('/papers');
  });
});

describe('chips', () => {
  it('a chip describes its condition in words', () => {
    const search =
      'q=draft+"a+model"+decod*+title:x+author:="Jane+Doe"+org:labs+id:x+cat:cs+a1+OR+-b1+authors:1+-upvotes:3..+comments:..5&tag=-survey&authors=2..5&published=2024&listed=2025-12-01..2025-12-05&has=code';
    expect(
      formatChips(parse(search).query, { tag: (slug) => (slug === 'survey' ? 'Survey' : undefined) }).map(
        ({ label }) => label,
      ),
    ).toEqual([
      'draft',
      '“a model”',
      'decod…',
      'title: x',
      'by Jane Doe',
      'organisation: labs',
      'a1 or not b1',
      'id x',
      'cs',
      'not Survey',
      '1 author',
      '2–5 authors',
      'published 2024',
      'listed 2025-12-01 – 2025-12-05',
      'has code',
      'not 3 or more upvotes',
      'at most 5 comments',
    ]);
  });

  it('a chip links to the first page of the list without its condition', () => {
    const { query } = parse('q=draft&tag=nlp&authors=3&page=4');
    expect(formatChips(query).map(({ without }) => hrefOf('/', without))).toEqual([
      '/?tag=nlp&authors=3',
      '/?q=draft&authors=3',
      '/?q=draft&tag=nlp',
    ]);
  });
});

describe('the nearest name', () => {
  it.each([
    ['autor', 'author'],
    ['publihsed', 'published'],
    ['TAGS', 'tag'],
    ['xyz', null],
    ['x'.repeat(100_000), null],
    ['', null],
  ])('the nearest name of “%.12s” is found', (word, expected) => {
    expect(nearest(word, ['author', 'authors', 'published', 'tag'])).toBe(expected);
  });
});
