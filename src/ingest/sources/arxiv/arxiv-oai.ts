/** Harvests arXiv over OAI-PMH: a whole set, or the changes since a day. Resumption tokens survive a restart. */
import { z } from 'zod';
import type { Day } from '#core/day.ts';
import { FetchFailure } from '#core/ports/http-client.ts';
import { defineFetchSource, type FetchContext, type FetchEvent } from '#ingest/fetch-source.ts';
import { type OaiPage, parseOai } from './arxiv-oai-page.ts';
import { arxivAddress, toArxivEvent } from './arxiv-paper.ts';
import { fetchArxiv } from './arxiv-request.ts';

export type ArxivOaiOptions = {
  /** A category or an archive; by default all of arXiv. */
  readonly category?: string;
  /** Records changed since this day; by default since the last complete harvest, else all. */
  readonly from?: Day;
  readonly format?: 'arXiv' | 'oai_dc';
};

/** `token` resumes the list that started at `from`. Without a token, `from` is the start of the next harvest. */
const CursorSchema = z.object({
  token: z.string().nullable(),
  from: z.string().nullable(),
  next: z.string().nullable(),
});
type Cursor = z.infer<typeof CursorSchema>;
const StoredCursorSchema = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue('no cursor of a harvest');
      return z.NEVER;
    }
  })
  .pipe(CursorSchema);

export const arxivOai = defineFetchSource<ArxivOaiOptions>({
  name: 'arxiv',
  async *fetch(context, options): AsyncGenerator<FetchEvent> {
    const today = context.now().slice(0, 10);
    let cursor = parseCursor(context.cursor, options, today);
    let done = 0;
    for (;;) {
      const page: OaiPage = await fetchPage(context, options, cursor);
      if (page.isTokenBad) {
        // Tokens expire after a day. Restart the list: records stored before are unchanged.
        if (!cursor.token) throw new FetchFailure('arXiv does not accept its own resumption token.');
        cursor = { ...cursor, token: null };
        continue;
      }
      for (const [i, raw] of page.papers.entries())
        yield toArxivEvent(raw, raw.id ?? `record ${done + i + 1}`, context.now());
      for (const id of page.deleted)
        yield {
          kind: 'rejected',
          rejection: { where: id, reason: 'arXiv has deleted this record; a paper that is stored stays' },
        };
      done += page.papers.length;
      yield {
        kind: 'progress',
        done: (page.offset ?? done - page.papers.length) + page.papers.length,
        total: page.total,
        unit: 'items',
      };
      const next = cursor.next ?? notAfter(today, page.respondedOn);
      cursor = page.token ? { token: page.token, from: cursor.from, next } : { token: null, from: next, next: null };
      yield { kind: 'checkpoint', cursor: JSON.stringify(cursor), seen: [] };
      if (!page.token) return;
    }
  },
});

function parseCursor(text: string | null, { from }: ArxivOaiOptions, today: string): Cursor {
  const parsed = StoredCursorSchema.safeParse(text);
  if (!parsed.success) return { token: null, from: from ?? null, next: null };
  return parsed.data.token ? parsed.data : { ...parsed.data, from: from ?? notAfter(today, parsed.data.from) };
}

/** Limits a day to today, so that a server whose clock is ahead makes no later harvest skip records. */
const notAfter = (today: string, day: string | null): string | null => (day !== null && day > today ? today : day);

/** Fetches a page. Retries a page without records, unless the server reports that nothing matches. */
async function fetchPage(context: FetchContext, options: ArxivOaiOptions, cursor: Cursor): Promise<OaiPage> {
  let page: OaiPage | undefined;
  for (let attempt = 0; attempt < 3; attempt++) {
    page = await fetchArxiv(context, listUrl(context, options, cursor), parseOai);
    if (page.papers.length + page.deleted.length > 0 || page.token || page.isTokenBad || page.isEmpty) return page;
  }
  throw new FetchFailure('arXiv gave an empty page of records three times.');
}

function listUrl(
  { endpoint }: FetchContext,
  { category, format = 'arXiv' }: ArxivOaiOptions,
  { token, from }: Cursor,
): URL {
  const url = new URL(arxivAddress(endpoint, 'oai'));
  url.searchParams.set('verb', 'ListRecords');
  if (token) url.searchParams.set('resumptionToken', token);
  else {
    url.searchParams.set('metadataPrefix', format);
    if (category) url.searchParams.set('set', toSet(category));
    if (from) url.searchParams.set('from', from);
  }
  return url;
}

const groups = ['cs', 'econ', 'eess', 'math', 'q-bio', 'q-fin', 'stat'];

/** Returns the OAI set of a category: `cs.CL` → `cs:cs:CL`, `hep-th` → `physics:hep-th`, `cs` → `cs`. */
export function toSet(category: string): string {
  const [archive = '', subject] = category.replace(/\.\*$/, '').split('.');
  if (!subject && (groups.includes(archive) || archive === 'physics')) return archive;
  return [groups.includes(archive) ? archive : 'physics', archive, subject].filter(Boolean).join(':');
}
