/** `npm run bench search-spelling -- DIR [PAPERS]`: spelling suggestions for 1,000 typos, compared with Fuse.js. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Fuse from 'fuse.js';
import { stemWord } from '#core/text/terms.ts';
import { SearchIndex } from '#search/index/search-index.ts';
import { fieldPrefixes } from '#search/index/term-dictionary.ts';
import { Spelling } from '#search/suggest/spelling.ts';
import { recordedData } from '#tests/recorded-data.ts';
import { randomOf, readPapers, toDocument } from './search-papers.ts';

const typosCount = 1000;
const fuseTypos = 100;
const paperCountMin = 5;

const { folder, rest } = recordedData();
const [papers = '20000'] = rest;
const file = join(folder, 'papers-100k.jsonl.gz');
if (!existsSync(file)) {
  console.error('Give the folder with papers-100k.jsonl.gz: npm run bench search-spelling -- DIR [PAPERS]');
  process.exit(2);
}

const index = new SearchIndex({ textsOf: () => new Map() });
index.update(readPapers(file).slice(0, Number(papers)).map(toDocument), { removed: [], revision: 1 });
const { segments } = index;
const start = performance.now();
const spelling = run(Spelling.build(segments));
console.log(`${spelling.size.toLocaleString('en')} words read in ${(performance.now() - start).toFixed(0)} ms\n`);

const typos = makeTypos(frequentWords());
const fuse = new Fuse(frequentWords(1), { includeScore: true });
console.log('| | right first | right among 3 | ms p50 | ms p95 |\n|---|---|---|---|---|');
report(`deletions, ${typos.length} typos`, typos, (typo) => spelling.near(typo, papersWith).map(({ text }) => text));
report(`Fuse.js, ${fuseTypos} of them`, typos.slice(0, fuseTypos), (typo) =>
  fuse.search(typo, { limit: 3 }).map(({ item }) => item),
);

type Typo = { readonly typo: string; readonly word: string };

function report(name: string, cases: readonly Typo[], correct: (typo: string) => readonly string[]): void {
  const times: number[] = [];
  let [first, among] = [0, 0];
  for (const { typo, word } of cases) {
    const begin = performance.now();
    // Words with one stem match the same papers, so `modelling` is as right as `modeling`.
    const stems = correct(typo).slice(0, 3).map(stemWord);
    times.push(performance.now() - begin);
    if (stems[0] === stemWord(word)) first++;
    if (stems.includes(stemWord(word))) among++;
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => (times[Math.floor(times.length * share)] ?? 0).toFixed(2);
  console.log(
    `| ${name} | ${(first / cases.length).toFixed(3)} | ${(among / cases.length).toFixed(3)} | ${at(0.5)} | ${at(0.95)} |`,
  );
}

function papersWith(word: string): number {
  return segments.reduce(
    (total, segment) =>
      total + segment.documentFrequency(segment.postings.terms.find(fieldPrefixes.stem + stemWord(word))),
    0,
  );
}

function frequentWords(countMin = paperCountMin): string[] {
  return segments.flatMap(({ postings }) => {
    const { from, to } = postings.terms.range(fieldPrefixes.word);
    const words = Array.from({ length: to - from }, (_, i) => postings.terms.text(from + i));
    return words.filter((word) => /^[a-z]{5,20}$/.test(word) && papersWith(word) >= countMin);
  });
}

/** Makes typos that are not words. Each has one edit, or two in every fifth. A transposition is one edit. */
function makeTypos(words: readonly string[]): Typo[] {
  const next = randomOf(1);
  const edit = (word: string): string => {
    const at = next(word.length);
    const letter = String.fromCharCode(97 + next(26));
    const kind = next(4);
    if (kind === 0) return word.slice(0, at) + letter + word.slice(at);
    if (kind === 1) return word.slice(0, at) + word.slice(at + 1);
    if (kind === 2) return word.slice(0, at) + letter + word.slice(at + 1);
    return at + 1 < word.length ? word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2) : word;
  };
  const typos: Typo[] = [];
  while (typos.length < typosCount) {
    const word = words[next(words.length)] ?? '';
    const once = edit(word);
    const typo = next(5) === 0 ? edit(once) : once;
    if (papersWith(typo) === 0) typos.push({ typo, word });
  }
  return typos;
}

function run<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
