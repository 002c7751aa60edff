/** `npm run bench formats -- URL [QUERIES]`: checks that every format of a random list has the same papers in order. */
import { parse as parseCsv } from 'csv-parse/sync';
import fc from 'fast-check';
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith';

type Read = (params: URLSearchParams) => Promise<readonly string[]>;

const [origin = '', queries = '100'] = process.argv.slice(2);
if (!URL.canParse(origin)) {
  console.error('Name the address of a running Paper Digest, such as http://127.0.0.1:3000');
  process.exit(2);
}
/** Number of papers of each list that are compared. */
const comparedMax = 100;

async function get(path: string, params: URLSearchParams): Promise<string> {
  const response = await fetch(`${origin}${path}?${params}`);
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${path}?${params} answered ${response.status}: ${text.slice(0, 300)}`);
  return text;
}

/** Returns the paper's id from its address on this site. */
const idOf = (href: string | undefined): string =>
  decodeURIComponent(new URL(href ?? origin).pathname.replace('/papers/', ''));

/** Reads pages until one is empty. */
const paged =
  (path: string, idsIn: (text: string) => readonly string[]): Read =>
  async (params) => {
    const ids: string[] = [];
    for (let page = 1; ids.length < comparedMax; page++) {
      const found = idsIn(
        await get(path, new URLSearchParams([...params, ...(page > 1 ? [['page', String(page)]] : [])])),
      );
      if (found.length === 0) break;
      ids.push(...found);
    }
    return ids;
  };

const whole =
  (extension: string, idsIn: (text: string) => readonly string[]): Read =>
  async (params) =>
    idsIn(await get(`/feeds/papers.${extension}`, params));

const allOf = (pattern: RegExp) => (text: string) => [...text.matchAll(pattern)].map(([, id]) => id ?? '');

const page = paged('/papers', allOf(/<article[^>]*data-paper-id="([^"]+)"/g));

const forms: Readonly<Record<string, Read>> = {
  async API(params) {
    const ids: string[] = [];
    for (let cursor: string | null = ''; cursor !== null && ids.length < comparedMax; ) {
      const list = JSON.parse(
        await get('/api/v1/papers', new URLSearchParams([...params, ['limit', '40'], ['cursor', cursor]])),
      ) as {
        papers: { id: string }[];
        next: string | null;
      };
      ids.push(...list.papers.map(({ id }) => id));
      cursor = list.next;
    }
    return ids;
  },
  Atom: paged('/feeds/papers.atom', (text) =>
    (parseAtomFeed(text).entries ?? []).map(({ links = [] }) =>
      idOf(links.find(({ rel }) => rel === 'alternate')?.href),
    ),
  ),
  RSS: paged('/feeds/papers.rss', (text) => (parseRssFeed(text).items ?? []).map(({ link }) => idOf(link))),
  'JSON Feed': paged('/feeds/papers.json', (text) => (parseJsonFeed(text).items ?? []).map(({ url }) => idOf(url))),
  CSV: whole('csv', (text) => (parseCsv(text, { columns: true }) as { id: string }[]).map(({ id }) => id)),
  'JSON Lines': whole('jsonl', (text) =>
    text.split('\n').flatMap((line) => (line === '' ? [] : [(JSON.parse(line) as { id: string }).id])),
  ),
  Markdown: whole('md', (text) => allOf(/^- \[.*?\]\(<([^>]+)>\)/gm)(text).map(idOf)),
  // Entries have no address on this site, so compare their number and the arXiv ids.
  BibTeX: whole('bib', allOf(/^@misc\{[^,]+,\n(?:(?!\n\}\n).)*?(?:eprint=\{([^}]+)\}.*?)?\n\}$/gms)),
};

async function arbitraryParams(): Promise<fc.Arbitrary<URLSearchParams>> {
  const { tags } = JSON.parse(await get('/api/v1/tags', new URLSearchParams())) as {
    tags: { slug: string; label: string }[];
  };
  const words = tags
    .flatMap(({ label }) => label.toLowerCase().split(/[^\p{L}\p{N}]+/u))
    .filter((word) => word.length > 2);
  const text = fc.oneof(
    fc.constantFrom(...words),
    fc.constantFrom(...words).map((word) => `-${word}`),
    fc.constantFrom(...words).map((word) => `title:${word.slice(0, 4)}*`),
    fc.constantFrom('has:code', 'authors:>=5', 'upvotes:>10', '"language model"', 'vision OR speech', 'qwertyuiop'),
  );
  const one = fc.oneof(
    fc.array(text, { minLength: 1, maxLength: 3 }).map((pieces) => ['q', pieces.join(' ')]),
    fc.constantFrom(...tags).map(({ slug }) => ['tag', slug]),
    fc.constantFrom('1..3', '4', '>=10').map((value) => ['authors', value]),
    fc.constantFrom('2024', '>=2025', '2024-06..2025-02').map((value) => ['published', value]),
    fc
      .constantFrom('relevance', 'new', 'old', 'trending', 'upvotes', 'comments', 'authors', 'listing')
      .map((value) => ['sort', value]),
  );
  const isOnce = ([name]: string[]) => name;
  return fc
    .uniqueArray(one, { selector: isOnce, minLength: 1, maxLength: 4 })
    .map((pairs) => new URLSearchParams(pairs));
}

let [queryCount, papers] = [0, 0];
await fc.assert(
  fc.asyncProperty(await arbitraryParams(), async (params) => {
    const shown = (await page(params)).slice(0, comparedMax);
    queryCount += 1;
    papers += shown.length;
    for (const [name, read] of Object.entries(forms)) {
      const ids = (await read(params)).slice(0, comparedMax);
      const isSame =
        ids.length === shown.length && ids.every((id, i) => id === shown[i] || (name === 'BibTeX' && id === ''));
      if (!isSame) throw new Error(`${name} differs for ${params}: ${ids.join(' ')}\ninstead of ${shown.join(' ')}`);
    }
  }),
  { numRuns: Number(queries), endOnFailure: true },
);
console.log(
  `${queryCount} queries, ${papers.toLocaleString('en')} papers: the same in HTML and ${Object.keys(forms).join(', ')}`,
);
