/** Recorded oddities: each is read into a valid record whose texts are clean, or rejected with a reason. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDay } from '#core/day.ts';
import { PaperRecordSchema } from '#core/record.ts';
import type { SourceEvent } from '#ingest/source.ts';
import { toHfEvents } from '#ingest/sources/hf/hf-record.ts';
import { jsonl } from '#ingest/sources/jsonl/jsonl.ts';

type Finding = { readonly name: string; readonly passed: boolean; readonly detail: string };
type Oddity = { readonly oddity: string; readonly set: 'bulk' | 'hf'; readonly record: Record<string, unknown> };

const now = '2026-01-01T00:00:00.000Z';

export async function checkOddities(dir: string): Promise<readonly Finding[]> {
  const lines = readFileSync(join(dir, 'oddities.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  const findings: Finding[] = [];
  for (const { oddity, set, record } of lines.map((line) => JSON.parse(line) as Oddity)) {
    const events = set === 'hf' ? [...toHfEvents([record], parseDay('2025-01-01'), now)] : await readLine(record);
    findings.push({
      name: `oddity: ${oddity}`,
      ...judge(
        oddity,
        events.find((event) => event.kind !== 'progress'),
      ),
    });
  }
  return findings;
}

async function readLine(record: Record<string, unknown>): Promise<SourceEvent[]> {
  const bytes = async function* () {
    yield Buffer.from(JSON.stringify(record));
  };
  return await Array.fromAsync(jsonl.read({ bytes: bytes(), name: '-', size: null, now }, {}));
}

function judge(oddity: string, event: SourceEvent | undefined): Omit<Finding, 'name'> {
  if (event?.kind === 'rejected')
    return { passed: event.rejection.reason !== '', detail: `rejected: ${event.rejection.reason}` };
  if (event?.kind !== 'record') return { passed: false, detail: 'it vanished' };
  const parsed = PaperRecordSchema.safeParse(event.record);
  if (!parsed.success) return { passed: false, detail: parsed.error.message };
  const { title, abstract, authors, links, withdrawn } = parsed.data;
  const unclean = [title, abstract, ...authors].find((text) =>
    /\p{Cc}|[\u2028\u200b\u202a]|&(?:#\d+|amp|quot);| {2}/u.test(text),
  );
  if (unclean !== undefined) return { passed: false, detail: `not clean: ${unclean.slice(0, 100)}` };
  if (authors.some((name) => name.length > 200 || /\\["'^`~]/.test(name)))
    return { passed: false, detail: `names: ${authors.join(' | ').slice(0, 200)}` };
  if (links.some(({ url }) => /\s/.test(url))) return { passed: false, detail: 'an address has white space in it' };
  if (oddity === 'withdrawn' && !withdrawn) return { passed: false, detail: 'it is withdrawn and does not say so' };
  return { passed: true, detail: title.slice(0, 80) };
}
