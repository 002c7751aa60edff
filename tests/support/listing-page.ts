/** Writes known papers as the text that a browser copies from a page of daily papers, to test its parser. */
import fc from 'fast-check';
import { monthNames } from '#core/text/month-names.ts';

export type KnownPaper = {
  readonly title: string;
  readonly abstract: string;
  /** Null if the page has no line of facts for the paper. */
  readonly facts: { readonly authors: number; readonly date: string; readonly comments: number | null } | null;
};

export type Writing = {
  readonly newline: string;
  readonly bullet: string;
  /** The separators between the count, the dot and the date. */
  readonly joint: string;
  readonly banner: readonly string[];
  readonly footer: readonly string[];
  /** Number of characters at which abstracts wrap. */
  readonly wrapAt: number | null;
};

/** Turns `2021-09-02` into `Sep 2, 2021`, or into `Sep 2` if the year is `ownYear`. */
function pageDate(day: string, ownYear: string): string {
  const [year = '', month = '', date = ''] = day.split('-');
  return `${monthNames[Number(month) - 1]?.slice(0, 3)} ${Number(date)}${year === ownYear ? '' : `, ${year}`}`;
}

export function writePage(day: string, papers: readonly KnownPaper[], writing: Writing): string {
  const blocks = [
    ...writing.banner,
    pageDate(day, day.slice(0, 4)),
    ...papers.flatMap((paper) => writePaper(paper, day, writing)),
    ...writing.footer,
  ];
  return `${blocks.join('\n\n')}\n`.replaceAll('\n', writing.newline);
}

function writePaper({ title, abstract, facts }: KnownPaper, day: string, { bullet, joint, wrapAt }: Writing): string[] {
  const text = wrapAt === null ? abstract : wrap(abstract, wrapAt);
  if (!facts) return [title, text];
  const end = facts.comments === null ? '' : ` ${facts.comments}`;
  return [
    title,
    text,
    `${bullet}${facts.authors} authors${joint}·${joint}${pageDate(facts.date, day.slice(0, 4))}${end}`,
  ];
}

function wrap(text: string, width: number): string {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line !== '' && line.length + word.length >= width) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines.join('\n');
}

const words = [
  'sparse',
  'attention',
  'for',
  'graphs',
  '$x^2$',
  'naïve',
  '模型',
  'of',
  '4',
  'authors',
  'May',
  'B\\"uchi',
  'trees:',
  '(GPU)',
  'and',
  '20.6times',
];
const phrase = (min: number, max: number) =>
  fc.array(fc.constantFrom(...words), { minLength: min, maxLength: max }).map((all) => all.join(' '));
const sentence = phrase(2, 40).map((text) => `We study ${text}.`);
const facts = (day: string) =>
  fc.record({
    authors: fc.integer({ min: 1, max: 3000 }),
    date: fc
      .integer({ min: 0, max: 4000 })
      .map((days) => new Date(Date.parse(day) - days * 86_400_000).toISOString().slice(0, 10)),
    comments: fc.option(fc.integer({ min: 1, max: 99 })),
  });

/** Papers of a day with unique titles, some of which look like dates, counts or numbers. */
export const knownPapers = (day: string): fc.Arbitrary<readonly KnownPaper[]> =>
  fc.array(
    fc.record({
      title: fc.oneof(
        { weight: 9, arbitrary: phrase(1, 12).map((text) => `On ${text} x`) },
        { weight: 1, arbitrary: fc.constantFrom('1984', 'Dec 16', '12 authors', 'Next') },
      ),
      abstract: fc.oneof(
        { weight: 9, arbitrary: fc.array(sentence, { minLength: 1, maxLength: 12 }).map((all) => all.join(' ')) },
        { weight: 1, arbitrary: fc.constant('The') },
      ),
      facts: facts(day),
    }),
    { minLength: 1, maxLength: 12 },
  );

export const writings: fc.Arbitrary<Writing> = fc.record({
  newline: fc.constantFrom('\n', '\r\n', ' \n', '\u00a0\n'),
  bullet: fc.constantFrom('  • ', '• ', '- ', '* ', '\u00a0•\u00a0'),
  joint: fc.constantFrom('\n', ' ', '\u00a0', '\n\n'),
  banner: fc.subarray([
    'new',
    'Get trending papers in your email inbox!',
    'Subscribe',
    'Daily Papers',
    'byAK and the research community',
  ]),
  footer: fc.subarray(['Previous', 'Next', 'Company', 'TOS', 'Privacy']),
  wrapAt: fc.option(fc.integer({ min: 60, max: 120 })),
});
