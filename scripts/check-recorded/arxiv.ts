/** arXiv's recorded answers: every entry of its feeds and every record of its harvest is read, errors and ends are recognised. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { FetchFailure } from '#core/ports/http-client.ts';
import { PaperRecordSchema } from '#core/record.ts';
import { parseFeed } from '#ingest/sources/arxiv/arxiv-feed.ts';
import { parseOai } from '#ingest/sources/arxiv/arxiv-oai-page.ts';
import { toArxivEvent } from '#ingest/sources/arxiv/arxiv-paper.ts';

type Finding = { readonly name: string; readonly passed: boolean; readonly detail: string };

const now = '2026-01-01T00:00:00.000Z';

export async function checkArxivSearch(dir: string): Promise<readonly Finding[]> {
  const folder = join(dir, 'arxiv-atom');
  return readdirSync(folder)
    .sort()
    .map((file) => {
      const body = readFileSync(join(folder, file));
      const entries = body.toString('utf8').split('<entry>').length - 1;
      const name = `arxiv: ${file}`;
      try {
        const page = parseFeed(body);
        const bad = rejectionsOf(page.entries.map((entry) => entry.raw));
        return {
          name,
          passed: page.entries.length === entries && bad.length === 0,
          detail: bad[0] ?? `${entries} papers of ${page.total}`,
        };
      } catch (error) {
        return {
          name,
          passed: error instanceof FetchFailure && /http400/.test(file),
          detail: error instanceof Error ? error.message : String(error),
        };
      }
    });
}

export async function checkArxivHarvest(dir: string): Promise<readonly Finding[]> {
  const folder = join(dir, 'arxiv-oai');
  return readdirSync(folder)
    .sort()
    .map((file) => {
      const body = gunzipSync(readFileSync(join(folder, file)));
      const records = body.toString('utf8').split('<record>').length - 1;
      const page = parseOai(body);
      const bad = rejectionsOf(page.papers);
      const isLast = (page.offset ?? 0) + records >= (page.total ?? 0);
      const passed = page.papers.length === records && bad.length === 0 && (page.token === null) === isLast;
      return {
        name: `arxiv: ${file}`,
        passed,
        detail:
          bad[0] ??
          `${records} records from ${page.offset} of ${page.total}, ${page.token ? 'goes on' : 'the last page'}`,
      };
    });
}

function rejectionsOf(papers: readonly unknown[]): string[] {
  return papers.flatMap((paper) => {
    const event = toArxivEvent(paper, 'here', now);
    if (event.kind === 'rejected') return [`${event.rejection.title}: ${event.rejection.reason}`];
    const parsed = event.kind === 'record' ? PaperRecordSchema.safeParse(event.record) : null;
    return parsed?.success ? [] : [parsed?.error?.message ?? 'no record'];
  });
}
