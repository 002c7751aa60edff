/** Topics of recorded papers: how many get one, how fast, and how far they agree with the keywords a source gives. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { getTopic, topics } from '#ingest/topics/index.ts';
import { tagPaper } from '#ingest/topics/tag-paper.ts';

type Finding = { readonly name: string; readonly passed: boolean; readonly detail: string };
type Recorded = { readonly title: string; readonly abstract: string; readonly keywords: readonly string[] };
type Agreement = { papers: number; withKeywords: number; alsoKeyword: number; keyword: number; alsoTagged: number };

const dailyShareMin = 0.95;
const broadShareMin = 0.9;
const precisionMin = 0.7;
const recallMin = 0.5;
const papersPerSecondMin = 8000;
const rowsMax = 40;

export async function checkTopics(dir: string): Promise<readonly Finding[]> {
  const daily = readLines(join(dir, 'hf-daily', 'items-to-2025.jsonl.gz')).map(toDaily);
  const broad = readLines(join(dir, 'papers-100k.jsonl.gz')).map(toBroad);
  const agreements = compare(daily);
  printTable(agreements);
  return [
    checkShare('topics: daily papers with a topic', daily, dailyShareMin),
    checkShare('topics: papers of all fields with a topic', broad, broadShareMin),
    checkAgreement(agreements),
    checkSpeed(broad.slice(0, 20_000)),
  ];
}

function readLines(file: string): unknown[] {
  return gunzipSync(readFileSync(file))
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

function toDaily(item: unknown): Recorded {
  const { paper } = item as { paper: { title: string; summary: string; ai_keywords?: string[] } };
  return { title: paper.title, abstract: paper.summary, keywords: paper.ai_keywords ?? [] };
}

function toBroad(paper: unknown): Recorded {
  const { title, abstract } = paper as { title: string; abstract?: string };
  return { title, abstract: abstract ?? '', keywords: [] };
}

function checkShare(name: string, papers: readonly Recorded[], shareMin: number): Finding {
  const counts = papers.map((paper) => tagPaper(paper).length);
  const share = counts.filter((count) => count > 0).length / papers.length;
  const mean = counts.reduce((sum, count) => sum + count, 0) / papers.length;
  return {
    name,
    passed: share >= shareMin,
    detail: `${percent(share)} of ${papers.length}, ${mean.toFixed(2)} topics each`,
  };
}

/** A keyword says a topic when the keyword as a title earns it. */
function compare(papers: readonly Recorded[]): Map<string, Agreement> {
  const known = new Map<string, string[]>();
  const topicsOf = (keyword: string) => {
    const slugs = known.get(keyword) ?? tagPaper({ title: keyword, abstract: '' }).map((tag) => tag.slug);
    known.set(keyword, slugs);
    return slugs;
  };
  const agreements = new Map<string, Agreement>(
    topics.map(({ slug }) => [slug, { papers: 0, withKeywords: 0, alsoKeyword: 0, keyword: 0, alsoTagged: 0 }]),
  );
  for (const paper of papers) {
    const tagged = new Set<string>(tagPaper(paper).map((tag) => tag.slug));
    const said = new Set(paper.keywords.flatMap(topicsOf));
    const near = new Set([...said].flatMap(kin));
    for (const [slug, agreement] of agreements) {
      if (tagged.has(slug)) agreement.papers++;
      if (paper.keywords.length === 0) continue;
      if (tagged.has(slug)) agreement.withKeywords++;
      if (tagged.has(slug) && kin(slug).some((one) => near.has(one))) agreement.alsoKeyword++;
      if (said.has(slug)) agreement.keyword++;
      if (said.has(slug) && tagged.has(slug)) agreement.alsoTagged++;
    }
  }
  return agreements;
}

/** A topic and the one it is shown under: a keyword of either, or of another topic under it, is a related one. */
function kin(slug: string): string[] {
  const parent = getTopic(slug)?.parent ?? null;
  return parent === null ? [slug] : [slug, parent];
}

function checkAgreement(agreements: ReadonlyMap<string, Agreement>): Finding {
  const { withKeywords, alsoKeyword, keyword, alsoTagged } = total([...agreements.values()]);
  const precision = alsoKeyword / withKeywords;
  const recall = alsoTagged / keyword;
  return {
    name: 'topics: agreement with the keywords of the source',
    passed: precision >= precisionMin && recall >= recallMin,
    detail: `${percent(precision)} of ${withKeywords} topics have a related keyword, ${percent(recall)} of ${keyword} keyword topics are given`,
  };
}

function total(agreements: readonly Agreement[]): Agreement {
  const sum = { papers: 0, withKeywords: 0, alsoKeyword: 0, keyword: 0, alsoTagged: 0 };
  for (const one of agreements) for (const key of Object.keys(sum) as (keyof Agreement)[]) sum[key] += one[key];
  return sum;
}

function printTable(agreements: ReadonlyMap<string, Agreement>): void {
  const rows = [...agreements].sort(([, a], [, b]) => b.papers - a.papers).slice(0, rowsMax);
  console.log('| topic | papers | with a related keyword | of its keywords given |\n|---|---:|---:|---:|');
  for (const [slug, one] of [...rows, ['all topics', total([...agreements.values()])] as const]) {
    const [precision, recall] = [percent(one.alsoKeyword / one.withKeywords), percent(one.alsoTagged / one.keyword)];
    console.log(`| ${slug} | ${one.papers} | ${precision} of ${one.withKeywords} | ${recall} of ${one.keyword} |`);
  }
}

/** Time of the processor, so that what else runs on the machine counts little; the best of three. */
function checkSpeed(papers: readonly Recorded[]): Finding {
  const seconds = [1, 2, 3].map(() => {
    const before = process.cpuUsage();
    for (const paper of papers) tagPaper(paper);
    return process.cpuUsage(before).user / 1e6;
  });
  const perSecond = Math.round(papers.length / Math.min(...seconds));
  return { name: 'topics: speed', passed: perSecond >= papersPerSecondMin, detail: `${perSecond} papers a second` };
}

const percent = (share: number): string => (Number.isFinite(share) ? `${(100 * share).toFixed(1)} %` : '–');
