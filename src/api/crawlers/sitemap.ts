/** The sitemap: an index of files, each with the papers of a range of keys. */
import type { PaperReader } from '#core/ports/papers.ts';
import { escapeXml } from '#formats/shared/xml.ts';
import { allPapersPath, dayPath, paperPath, tagPath, tagsPath, trendingPath } from '#view/paths.ts';

/** The limit of addresses in a sitemap (sitemaps.org). A file has at most one paper a key. */
const keysPerFile = 50_000;
const batchSize = 1_000;

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
const namespace = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"';

type Source = { readonly reader: PaperReader; readonly siteUrl: string };

export async function renderSitemapIndex({ reader, siteUrl }: Source): Promise<string> {
  const names = ['pages', ...Array.from({ length: await countFiles(reader) }, (_, i) => `papers-${i + 1}`)];
  const entries = names.map(
    (name) => `<sitemap><loc>${escapeXml(`${siteUrl}/sitemaps/${name}.xml`)}</loc></sitemap>\n`,
  );
  return `${declaration}<sitemapindex ${namespace}>\n${entries.join('')}</sitemapindex>\n`;
}

/** Streams `pages.xml` or `papers-{n}.xml`. Returns null for any other name. */
export async function renderSitemap(source: Source, file: string): Promise<AsyncIterable<string> | null> {
  if (file === 'pages.xml') return inUrlset(pagePaths(source.reader), source.siteUrl);
  const number = Number(/^papers-([1-9]\d{0,5})\.xml$/.exec(file)?.[1] ?? 0);
  const exists = number > 0 && number <= (await countFiles(source.reader));
  return exists ? inUrlset(paperPaths(source.reader, number), source.siteUrl) : null;
}

const countFiles = async (reader: PaperReader): Promise<number> => Math.ceil((await reader.latestKey()) / keysPerFile);

async function* inUrlset(paths: AsyncIterable<readonly string[]>, siteUrl: string): AsyncGenerator<string> {
  yield `${declaration}<urlset ${namespace}>\n`;
  for await (const batch of paths)
    yield batch.map((path) => `<url><loc>${escapeXml(siteUrl + path)}</loc></url>\n`).join('');
  yield '</urlset>\n';
}

async function* pagePaths(reader: PaperReader): AsyncGenerator<readonly string[]> {
  yield ['/', allPapersPath, trendingPath, tagsPath, '/api'];
  yield (await reader.topics()).map(({ slug }) => tagPath(slug));
  // One batch suffices: a century has 36,525 days.
  yield (await reader.listingDays()).map(({ day }) => dayPath(day));
}

async function* paperPaths(reader: PaperReader, number: number): AsyncGenerator<readonly string[]> {
  const last = number * keysPerFile;
  for (let after = last - keysPerFile; after < last; ) {
    const papers = await reader.idsAfter(after, batchSize);
    yield papers.filter(({ key }) => key <= last).map(({ id }) => paperPath(id));
    if (papers.length < batchSize) return;
    after = papers.at(-1)?.key ?? last;
  }
}
