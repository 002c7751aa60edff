/** Hostile titles and names survive each format and its parser: 2,500 each, 10,000 with PROPERTY_RUNS=4. */
import { parse as parseBibtexWithLibrary } from '@retorquere/bibtex-parser';
import { parse as parseCsv } from 'csv-parse/sync';
import fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { mathFromMarkdown } from 'mdast-util-math';
import { math } from 'micromark-extension-math';
import { describe, expect, test } from 'vitest';
import type { Paper } from '#core/paper.ts';
import { atom } from '#formats/atom.ts';
import { bibtex } from '#formats/bibtex.ts';
import { cslJson } from '#formats/csl-json.ts';
import { csv } from '#formats/csv.ts';
import { jsonFeed } from '#formats/json-feed.ts';
import { jsonl } from '#formats/jsonl.ts';
import { markdown } from '#formats/markdown.ts';
import { ris } from '#formats/ris.ts';
import { rss } from '#formats/rss.ts';
import { JsonlPaperSchema } from '#ingest/sources/jsonl/jsonl-schema.ts';
import { aPaper } from '#tests/a-paper.ts';
import { nastyPaper } from '#tests/nasty-text.ts';
import { propertyRuns } from '#tests/property-runs.ts';
import { readBibtex, splitAuthors, toPrinted } from '#tests/read-bibtex.ts';
import { renderFormat } from '#tests/render-format.ts';
import { toReadableText } from '#view/text/readable-text.ts';

type Root = ReturnType<typeof fromMarkdown>;
type Node = Root | Root['children'][number];

const batches = propertyRuns(25);

type Read = { readonly title: string; readonly authors: readonly string[] };

const readable = ({ title, authors }: Paper): Read => ({
  title: toReadableText(title),
  authors: authors.map(toReadableText),
});
const raw = ({ title, authors }: Paper): Read => ({ title, authors });

/** Parsers trim whitespace. */
const trimmed = (list: readonly Read[]) =>
  list.map(({ title, authors }) => ({
    title: title.trim(),
    authors: authors.map((name) => name.trim()).filter((name) => name !== ''),
  }));

/** Compares the parser's result with the expected papers, batch by batch. */
function holds(
  read: (papers: readonly Paper[]) => readonly Read[],
  expected: (paper: Paper) => Read,
  ...examples: Paper[]
): void {
  fc.assert(
    fc.property(fc.array(nastyPaper, { minLength: 100, maxLength: 100 }), (papers) => {
      expect(trimmed(read(papers))).toEqual(trimmed(papers.map(expected)));
    }),
    { numRuns: batches, endOnFailure: true, examples: examples.map((paper) => [[paper]]) },
  );
}

describe('hostile titles and names survive', () => {
  test('Atom, read by feedsmith', () => {
    holds((papers) => {
      const feed = parseAtomFeed(renderFormat(atom, papers));
      return (feed.entries ?? []).map(({ title, authors = [] }) => ({
        title: title?.value ?? '',
        authors: authors.map(({ name }) => String(name ?? '')),
      }));
    }, readable);
  }, 120_000);

  test('Atom and RSS, read by a strict XML parser', () => {
    const parser = new XMLParser({
      ignoreAttributes: false,
      parseTagValue: false,
      trimValues: false,
      isArray: (name) => ['entry', 'item', 'author', 'dc:creator'].includes(name),
      htmlEntities: false,
      processEntities: true,
    });
    fc.assert(
      fc.property(fc.array(nastyPaper, { minLength: 100, maxLength: 100 }), (papers) => {
        const [feed, channel] = [renderFormat(atom, papers), renderFormat(rss, papers)];
        expect([XMLValidator.validate(feed), XMLValidator.validate(channel)]).toEqual([true, true]);
        const entries = parser.parse(feed).feed.entry as { title: string; author?: { name: string }[] }[];
        const items = parser.parse(channel).rss.channel.item as { title: string; 'dc:creator'?: string[] }[];
        expect(entries.map(({ title, author = [] }) => ({ title, authors: author.map(({ name }) => name) }))).toEqual(
          papers.map(readable),
        );
        expect(items.map((item) => ({ title: item.title, authors: item['dc:creator'] ?? [] }))).toEqual(
          papers.map(readable),
        );
      }),
      { numRuns: batches, endOnFailure: true },
    );
  }, 120_000);

  test('RSS, read by feedsmith', () => {
    holds((papers) => {
      const feed = parseRssFeed(renderFormat(rss, papers));
      return (feed.items ?? []).map(({ title = '', dc }) => ({ title, authors: dc?.creators ?? [] }));
    }, readable);
  }, 120_000);

  test('JSON Feed, read by feedsmith', () => {
    holds((papers) => {
      const feed = parseJsonFeed(renderFormat(jsonFeed, papers));
      return (feed.items ?? []).map(({ title = '', authors = [] }) => ({
        title,
        authors: authors.map(({ name = '' }) => name),
      }));
    }, readable);
  }, 120_000);

  test('CSV, read by csv-parse', () => {
    const undisarm = (cell: string) => cell.replace(/^'(?='*[=+\-@\t\r])/, '');
    const ours = ({ title, authors }: Paper): Read => ({ title, authors: [authors.join('; ')] });
    holds((papers) => {
      const data = parseCsv(renderFormat(csv, papers), { columns: true }) as Record<string, string>[];
      expect(data.flatMap((row) => Object.values(row)).filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
      return data.map((row) => ({ title: undisarm(row.title ?? ''), authors: [undisarm(row.authors ?? '')] }));
    }, ours);
  }, 120_000);

  test('CSL-JSON', () => {
    type Csl = { title: string; author?: { family?: string; given?: string; literal?: string }[] };
    holds((papers) => {
      const items = JSON.parse(renderFormat(cslJson, papers)) as Csl[];
      return items.map(({ title, author = [] }) => ({
        title,
        authors: author.map(({ family, given, literal }) => literal ?? `${given} ${family}`),
      }));
    }, readable);
  }, 120_000);

  test('JSON Lines', () => {
    holds((papers) => {
      const lines = renderFormat(jsonl, papers).trimEnd().split('\n');
      return lines.map((line) => {
        const { title, authors } = JsonlPaperSchema.parse(JSON.parse(line));
        return { title, authors: (authors as string[]) ?? [] };
      });
    }, raw);
  }, 120_000);

  test('RIS', () => {
    const oneLine = (text: string) => toReadableText(text).replace(/\s+/g, ' ').trim();
    // RIS reads a name with a comma as “Family, Given”, even if the comma is the author's.
    const withoutCommas = (paper: Paper): Paper => ({
      ...paper,
      authors: paper.authors.map((name) => name.replaceAll(',', '')),
    });
    holds(
      (papers) => readRis(renderFormat(ris, papers.map(withoutCommas))),
      (paper) => ({ title: oneLine(paper.title), authors: withoutCommas(paper).authors.map(oneLine) }),
    );
  }, 120_000);

  test('BibTeX, by counting braces and reading TeX', () => {
    // In formulas TeX's space becomes a tie.
    const letters = (text: string) =>
      text.replaceAll('\\ ', '~').replace(/\\[()[\]]|[$\s\u00a0]|\\[lr]brace|\\?[{}%#]/g, '');
    holds(
      (papers) =>
        readBibtex(renderFormat(bibtex, papers)).map(({ fields }) => ({
          title: letters(toPrinted(fields.title ?? '')),
          authors: splitAuthors(fields.author ?? '').map((name) => letters(toPrinted(name))),
        })),
      ({ title, authors }) => ({
        title: letters(toReadableText(title)),
        authors: authors.map((name) => letters(toReadableText(name))),
      }),
      ...['Before $\\ $ after', 'Then $a\\ $$E=mc^2$$', 'For $5\\$$E=mc^2$$'].map((title) => aPaper({ title })),
    );
  }, 120_000);

  test('BibTeX, read by a library: every entry under its own key', () => {
    fc.assert(
      fc.property(fc.array(nastyPaper, { minLength: 50, maxLength: 50 }), (papers) => {
        const source = renderFormat(bibtex, papers);
        const library = parseBibtexWithLibrary(source, { sentenceCase: false });
        expect(library.errors).toEqual([]);
        expect(library.entries.map((entry) => entry.key)).toEqual(readBibtex(source).map((entry) => entry.key));
        expect(new Set(library.entries.map((entry) => entry.key)).size).toBe(papers.length);
      }),
      { numRuns: propertyRuns(2) * batches, endOnFailure: true },
    );
  }, 120_000);

  test('Markdown, read by mdast', () => {
    const textOf = (node: Node): string =>
      'children' in node ? node.children.map(textOf).join('') : 'value' in node ? node.value : '';
    const bare = (text: string) => text.replace(/\\[()[\]]|[$\s]/g, '');
    holds(
      (papers) => {
        const tree = fromMarkdown(renderFormat(markdown, papers), {
          extensions: [math()],
          mdastExtensions: [mathFromMarkdown()],
        });
        const list = tree.children.find((node) => node.type === 'list');
        return (list?.children ?? []).map((item) => {
          const paragraph = item.children[0];
          const link = paragraph?.type === 'paragraph' ? paragraph.children[0] : undefined;
          return { title: bare(link?.type === 'link' ? textOf(link) : ''), authors: [] };
        });
      },
      ({ title }) => ({ title: bare(toReadableText(title)), authors: [] }),
    );
  }, 120_000);
});

/** Parses two-character tags at the start of a line. Other lines continue the previous one. */
function readRis(source: string): Read[] {
  return source
    .split(/^ER {2}- \r\n/m)
    .slice(0, -1)
    .map((record) => {
      const tags = record
        .trim()
        .split('\r\n')
        .map((line) => /^([A-Z][A-Z0-9]) {2}- (.*)$/s.exec(line) ?? [line, 'no tag', '']);
      const all = (name: string) => tags.flatMap(([, tag, text]) => (tag === name ? (text ?? '') : []));
      expect(tags.filter(([, tag]) => tag === 'no tag')).toEqual([]);
      return { title: all('TI')[0] ?? '', authors: all('AU').map(fromFamilyFirst) };
    });
}

const fromFamilyFirst = (name: string): string => name.replace(/^([^,]+), (.+)$/, '$2 $1');
