/** The parser of the search box, tested by the canonical text of its result. */
import { describe, expect, it } from 'vitest';
import { formatQueryText } from '#query/format-query.ts';
import { parsePaperQuery } from '#query/parse-paper-query.ts';
import { parseQueryText } from '#query/text-query.ts';

const read = (q: string) => parsePaperQuery(new URLSearchParams({ q }));
const canonical = (q: string) => formatQueryText(read(q).query);
const notes = (q: string) => read(q).problems.map((problem) => problem.message);

describe('text that parses without a note', () => {
  it.each([
    ['speculative decoding', 'speculative decoding'],
    ['  speculative \t\n decoding ', 'speculative decoding'],
    ['"draft models"', '"draft models"'],
    ['“draft models”', '"draft models"'],
    // Soft hyphens, zero-width spaces and direction marks, as in text copied from a page.
    ['speculat\u00adive\u200b \u202emodel\ufeff', 'speculative model'],
    ['-survey draft', 'draft -survey'],
    ['NOT survey', '-survey'],
    ['NOT NOT survey', 'survey'],
    ['draft AND model', 'draft model'],
    ['draft OR sketch model', 'draft OR sketch model'],
    ['draft | sketch|outline model', 'draft OR sketch OR outline model'],
    ['(draft OR sketch) model', 'draft OR sketch model'],
    ['draft OR "sketch book" OR tag:nlp', 'draft OR "sketch book" OR tag:nlp'],
    ['draft OR -model', 'draft OR -model'],
    ['-draft|sketch', '-draft -sketch'],
    ['decod*', 'decod*'],
    ['title:decod*', 'title:decod*'],
    ['ti:draft abs:model au:doe', 'title:draft abstract:model author:doe'],
    ['TITLE:draft', 'title:draft'],
    ['by:doe', 'author:doe'],
    ['author:"Jane Doe"', 'author:"Jane Doe"'],
    ['author:="Jane Doe"', 'author:="Jane Doe"'],
    ['author:=Doe', 'author:="Doe"'],
    ['title:"attention is all"', 'title:"attention is all"'],
    ['org:"The Model Group"', 'org:"The Model Group"'],
    ['author:Will', 'author:Will'],
    ['tag:Code-Generation', 'tag:code-generation'],
    ['tag:"Code generation"', 'tag:code-generation'],
    ['tag:nlp|vision', 'tag:nlp OR tag:vision'],
    ['-tag:nlp|vision', '-tag:nlp -tag:vision'],
    ['cat:CS.cl', 'category:cs.CL'],
    ['cat:cs.*', 'category:cs'],
    ['id:arXiv:2405.14906v2', 'id:2405.14906'],
    ['2405.14906', 'id:2405.14906'],
    ['arxiv:2405.14906', 'id:2405.14906'],
    [' https://arxiv.org/abs/2405.14906v2 ', 'id:2405.14906'],
    ['hep-th/9901001', 'id:hep-th/9901001'],
    ['draft 2405.14906', 'draft "2405.14906"'],
    ['authors:3', 'authors:3'],
    ['authors:1..5', 'authors:1..5'],
    ['authors:>=10', 'authors:10..'],
    ['authors:>10', 'authors:11..'],
    ['authors:<3', 'authors:..2'],
    ['authors:*..5', 'authors:..5'],
    ['authors:5..*', 'authors:5..'],
    ['authors:≥5', 'authors:5..'],
    ['authors:*', 'authors:*'],
    ['comments:>0 upvotes:>=10', 'upvotes:10.. comments:1..'],
    ['comments:0', 'comments:0'],
    ['published:2024', 'published:2024'],
    ['published:2024-03', 'published:2024-03'],
    ['published:2025-w51', 'published:2025-W51'],
    ['published:2025-12-15..2025-12-21', 'published:2025-W51'],
    ['published:2024-01-01..2024-06-30', 'published:2024-01..2024-06'],
    ['published:2024-01-01..2024-12-31', 'published:2024'],
    ['published:2024-02-10..2024-06', 'published:2024-02-10..2024-06-30'],
    ['published:>2023', 'published:2024..'],
    ['published:>=2023', 'published:2023..'],
    ['published:<=2023', 'published:..2023'],
    ['published:<2023-03', 'published:..2023-02'],
    ['listed:2025-12-16', 'listed:2025-12-16'],
    ['has:code -has:comments', 'has:code -has:comments'],
    ['has:code|project', 'has:code OR has:project'],
    ['draft sort:new', 'draft sort:new'],
    ['gpt-4o C++ decoder-only state-of-the-art', 'gpt-4o C++ decoder-only state-of-the-art'],
    ["Turing's test", "Turing's test"],
    ['Foo: bar, baz!', 'Foo bar baz'],
    ['Foo - bar — baz', 'Foo bar baz'],
    ['O(n) (f(x))', 'O(n) f(x))'],
    ['B\\"uchi automata', 'B\\"uchi automata'],
    ['https://example.org/x 12:30', 'https://example.org/x 12:30'],
    ['(-)-epicatechin -- --dashes -x', 'epicatechin dashes -x'],
    ['"to be or not to be"', '"to be or not to be"'],
    ['the* draft', 'the* draft'],
    ['draft Draft DRAFT', 'draft Draft DRAFT'],
    ['"draft" "Draft" title:x title:X -y -Y', '"draft" title:x -y'],
    ['constructor __proto__ toString', 'constructor __proto__ toString'],
    ['e\u0301tude', 'étude'],
    ['', ''],
  ])('%s', (text, expected) => {
    expect(canonical(text)).toBe(expected);
    expect(notes(text)).toEqual([]);
  });
});

describe('text that causes a note', () => {
  it.each([
    ['autor:doe', '"autor:doe"', 'There is no qualifier “autor:”, so it was searched as text; did you mean “author:”?'],
    ['zzz:doe', '"zzz:doe"', 'There is no qualifier “zzz:”, so it was searched as text.'],
    ['authors:many draft', 'draft', '“authors:many” was left out: authors takes a number or a range'],
    ['authors:5..2', '', '“authors:5..2” was left out'],
    ['published:2025-02-30', '', '“published:2025-02-30” was left out: published takes a day, week, month or year'],
    ['has:money', '', 'has takes one of code, project, comments, abstract and authors'],
    ['sort:best', '', '“sort:best” was left out: sort takes one of relevance'],
    ['-sort:new', '', '“-sort:new” was left out'],
    [
      'the draft of a model',
      'draft model',
      'Left out, because such words are in nearly every paper: “the”, “of”, “a”.',
    ],
    [
      "what's it, e.g. Turing's, don't",
      "Turing's",
      "Left out, because such words are in nearly every paper: “what's”, “it”, “e.g”, “don't”.",
    ],
    ['the of', '', 'Left out, because such words are in nearly every paper: “the”, “of”.'],
    ['draft OR the model', 'draft model', '“the”'],
    ['-the title:the', '', '“the”'],
    ['and/or', '', '“and/or”'],
    ['+++ draft', 'draft', 'Left out, because there is no word in it: “+++”.'],
    ['"draft models', '"draft models"', 'A quotation mark is never closed in “"draft models”;'],
    ['OR draft', 'draft', 'OR joins two terms; one of them is missing in “OR draft”.'],
    ['x y draft OR', 'x y draft', 'OR joins two terms; one of them is missing in “draft OR”.'],
    ['draft NOT', 'draft', 'NOT stands before a term; there is none in “draft NOT”.'],
    ['gpt-4*', 'gpt-4', 'The * of “gpt-4*” was left out'],
    ['author: doe', 'author doe', '“author:” was searched as a word: a value stands right behind the colon'],
    ['draft OR (model sketch)', 'draft OR model sketch', 'Brackets do not group terms in “OR (model sketch)”:'],
    ['-(draft OR model)', 'model OR -draft', 'Brackets do not group'],
    ['title:+++', '', '“title:+++” was left out'],
  ])('%s', (text, expected, note) => {
    expect(canonical(text)).toBe(expected);
    expect(notes(text).join(' ')).toContain(note);
    expect(read(text).problems.every(({ level, parameter }) => level === 'note' && parameter === 'q')).toBe(true);
  });

  it('a note has the span of the invalid part', () => {
    const text = 'draft authors:many model';
    const [problem] = parseQueryText(text).problems;
    expect(text.slice(problem?.start, problem?.end)).toBe('authors:many');
  });

  it('a note has no span if cleaning moved characters', () => {
    expect(parseQueryText('e\u0301tude authors:many').problems[0]).not.toHaveProperty('start');
  });
});

describe('limits', () => {
  it('the parser reads at most 500 characters and never half a word', () => {
    const text = `${'draft '.repeat(82)}abcdefghijk last`;
    const { query, problems } = read(text);
    expect(text.indexOf('k last')).toBeGreaterThan(500);
    expect(formatQueryText(query)).toBe('draft '.repeat(82).trim());
    expect(problems).toEqual([
      {
        level: 'note',
        parameter: 'q',
        message: 'Only the first 500 characters are searched for, without “abcdefghijk last”.',
        start: 491,
        end: text.length,
      },
    ]);
    expect(canonical('x'.repeat(600))).toBe('x'.repeat(500));
    expect(notes('x'.repeat(500))).toEqual([]);
  });

  it('the parser reads at most 100 terms', () => {
    const words = Array.from({ length: 120 }, (_, i) => `w${i}`);
    const { query, problems } = read(words.join(' ').slice(0, 500));
    expect(query.where).toHaveLength(100);
    expect(problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^Only the first 100 terms are searched for, without “w100 w101 .*…”\.$/),
    ]);
  });

  it('the parser reads at most 100 terms of a single piece', () => {
    const { where, problems } = parseQueryText(
      `title:${Array.from({ length: 110 }, (_, i) => `w${i}`).join('|')} last`,
    );
    expect(where).toMatchObject([{ kind: 'anyOf', conditions: { length: 100 } }]);
    expect(problems[0]?.message).toContain('Only the first 100 terms are searched for, without “|w100|w101|');
  });

  it('an OR that is too long in canonical form keeps its first terms', () => {
    const { query, problems } = read(`${Array.from({ length: 99 }, (_, i) => `w${i}`).join('|')} tag:nlp`);
    const kept = formatQueryText(query);
    expect(kept).toMatch(/^w0 OR w1 OR .* OR w\d+ tag:nlp$/);
    expect(kept.length).toBeGreaterThan(490);
    expect(kept.length).toBeLessThanOrEqual(500);
    expect(problems).toHaveLength(1);
  });

  it('a query that is too long in canonical form keeps its filters', () => {
    const { query, problems } = parsePaperQuery(new URLSearchParams({ q: `draft ${'x'.repeat(488)}`, tag: 'nlp' }));
    expect(formatQueryText(query)).toBe('draft tag:nlp');
    expect(problems).toHaveLength(1);
  });
});
