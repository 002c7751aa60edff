/** Reads recorded listings and compares every title, abstract, count, date and number of comments with what is known of them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { addDays, type Day, DaySchema } from '#core/day.ts';
import { parseListing } from '#ingest/sources/listing/listing.ts';
import type { ListingOptions, ParsedListing } from '#ingest/sources/listing/listing-paper.ts';

type Check = { name: string; passed: boolean; detail: string };
type TruePaper = { title: string; abstract: string; nAuthors: number; date: string; comments: number };
type Truth = { pageDate: string; papers: TruePaper[] };

/** `dir` holds `listings/`, with a `*.truth.json` beside each `*.txt`; throws with the name of what is missing. */
export async function checkListings(dir: string): Promise<Check[]> {
  const folder = path.join(dir, 'listings');
  if (!existsSync(folder)) throw new Error(`${folder} is missing`);
  const names = readdirSync(folder).filter((name) => name.endsWith('.truth.json'));
  if (names.length === 0) throw new Error(`${folder} holds no *.truth.json`);
  const days = names.map((name) => readDay(folder, name));
  const markdown = readdirSync(folder).filter((name) => name.endsWith('.md'));
  return [
    ...variants.map((variant) => checkVariant(variant, days)),
    checkYears(days),
    ...markdown.map((name) => checkMarkdown(name, readFileSync(path.join(folder, name), 'utf8'))),
  ];
}

type RecordedDay = { name: string; text: string; truth: Truth; day: Day };

function readDay(folder: string, truthName: string): RecordedDay {
  const name = truthName.replace('.truth.json', '.txt');
  if (!existsSync(path.join(folder, name))) throw new Error(`${path.join(folder, name)} is missing`);
  const truth = JSON.parse(readFileSync(path.join(folder, truthName), 'utf8')) as Truth;
  return { name, truth, text: readFileSync(path.join(folder, name), 'utf8'), day: DaySchema.parse(truth.pageDate) };
}

type Variant = { name: string; change: (text: string) => string; options?: (day: Day) => ListingOptions };

const withoutBanner = (text: string) => text.slice(text.indexOf('community') + 'community'.length);
const variants: Variant[] = [
  { name: 'as recorded', change: (text) => text },
  { name: 'CRLF, byte order mark, spaces at line ends', change: (text) => `\ufeff${text.replaceAll('\n', '  \r\n')}` },
  { name: 'without empty lines', change: (text) => text.replace(/\n\s*\n/g, '\n') },
  { name: 'with more empty lines and no last line break', change: (text) => text.replaceAll('\n', '\n\n').trimEnd() },
  { name: 'facts on one line', change: (text) => text.replace(/authors\n·\n/g, 'authors · ') },
  { name: 'other bullets and no-break spaces', change: (text) => text.replaceAll('  • ', '\u00a0-\u00a0') },
  { name: 'without banner', change: withoutBanner },
  {
    name: 'without banner and day, given by --day',
    change: (text) => withoutBanner(text).trim().replace(/^.*\n/, ''),
    options: (day) => ({ day }),
  },
  {
    name: 'with the page around it',
    change: (text) => `Hugging Face\n\nModels\n\nDatasets\n\n${text}\n\nPrevious\n\nNext\n\nCompany\n\nTOS\n`,
  },
];

function checkVariant({ name, change, options }: Variant, days: readonly RecordedDay[]): Check {
  const wrong = days.flatMap(({ name: file, text, truth, day }) => {
    const parsed = parseListing(change(text), { name: file, today: day, ...options?.(day) });
    return differences(parsed, truth).map((difference) => `${file}: ${difference}`);
  });
  const count = days.reduce((sum, { truth }) => sum + truth.papers.length, 0);
  return {
    name: `listings ${name}`,
    passed: wrong.length === 0,
    detail: wrong[0] ?? `${count} papers of ${days.length} days`,
  };
}

function differences(parsed: ParsedListing, truth: Truth): string[] {
  const found = parsed.papers.map((paper) =>
    JSON.stringify([paper.title, paper.abstract, paper.authors, paper.published, paper.comments ?? 0]),
  );
  const wanted = truth.papers.map((paper) =>
    JSON.stringify([paper.title, paper.abstract, paper.nAuthors, paper.date, paper.comments]),
  );
  return [
    ...(parsed.day === truth.pageDate ? [] : [`read as ${parsed.day}`]),
    ...(found.length === wanted.length ? [] : [`${found.length} papers instead of ${wanted.length}`]),
    ...wanted.flatMap((paper, i) =>
      found[i] === paper ? [] : [`${paper.slice(0, 80)} read as ${found[i]?.slice(0, 80)}`],
    ),
    ...parsed.rejected.map(({ where, reason }) => `${where}: ${reason}`),
  ];
}

/** With its name hidden, a listing that writes no year is of the latest one that puts its day not in the future. */
function checkYears(days: readonly RecordedDay[]): Check {
  const wrong = days.filter(({ text, day }) => parseListing(text, { name: '-', today: addDays(day, 300) }).day !== day);
  const detail = wrong.map(({ name }) => name).join(', ') || `${days.length} days`;
  return { name: 'listings with their names hidden', passed: wrong.length === 0, detail };
}

function checkMarkdown(name: string, text: string): Check {
  const { papers, rejected } = parseListing(text, { name, today: DaySchema.parse('2039-06-30') });
  const headings = new Set([...text.matchAll(/^### (.*)$/gm)].map(([, title]) => title)).size;
  const passed = papers.length === headings && rejected.length === 0;
  return {
    name: `listing ${name}`,
    passed,
    detail: `${papers.length} papers of ${headings} headings, ${rejected.length} rejected`,
  };
}
