/** arXiv in bulk by OAI-PMH: everything of a set, or what has changed since a day, page by page with tokens that outlive a restart. */
import { z } from 'zod';
import type { Day } from '#core/day.ts';
import { FetchFailure } from '#core/ports/http-client.ts';
import { defineFetchSource, type FetchContext, type FetchEvent } from '#ingest/fetch-source.ts';
import { type OaiPage, parseOai } from './arxiv-oai-page.ts';
import { arxivAddress, toArxivEvent } from './arxiv-paper.ts';
import { fetchArxiv } from './arxiv-request.ts';

export type ArxivOaiOptions = {
  /** A category, or an archive; without one everything arXiv has. */
  readonly category?: string;
  /** Records changed since this day; by default since the last harvest that came to its end, else all. */
  readonly from?: Day;
  readonly format?: 'arXiv' | 'oai_dc';
};

/** `token` goes on in the list that began with `from`; without a token `from` is where the next harvest begins. */
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
      const page: OaiPage = await askPage(context, options, cursor);
      if (page.isTokenBad) {
        // Tokens live for a day: the list is begun again, and what is stored already changes nothing.
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

/** A server whose clock is ahead must not make later harvests miss anything; text of days sorts as they do. */
const notAfter = (today: string, day: string | null): string | null => (day !== null && day > today ? today : day);

/** A list that ends without a single record did not end: it is asked for again. */
async function askPage(context: FetchContext, options: ArxivOaiOptions, cursor: Cursor): Promise<OaiPage> {
  let page: OaiPage | undefined;
  for (let tries = 0; tries < 3; tries++) {
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

/** `cs.CL` is the set `cs:cs:CL`, `hep-th` is `physics:hep-th`, `cs` is itself. */
export function toSet(category: string): string {
  const [archive = '', subject] = category.replace(/\.\*$/, '').split('.');
  if (!subject && (groups.includes(archive) || archive === 'physics')) return archive;
  return [groups.includes(archive) ? archive : 'physics', archive, subject].filter(Boolean).join(':');
}
