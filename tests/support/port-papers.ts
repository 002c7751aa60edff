/** Saves records and papers for the contract suites, through the ports only. */

import type { Paper } from '#core/paper.ts';
import type { FoundRecord, RecordWriter, ResolvedPaper, SaveOutcome } from '#core/ports/ingest.ts';
import type { PaperKey } from '#core/ports/papers.ts';
import type { PaperRecordInput } from '#core/record.ts';
import { toFoundEvent } from '#ingest/find-records.ts';
import { mergePaper } from '#ingest/identify/merge-papers.ts';
import { resolvePapers } from '#ingest/save-batch.ts';
import { tagPaper } from '#ingest/topics/tag-paper.ts';
import { aRecordInput } from './records.ts';
import type { StorePorts } from './test-store.ts';

const now = '2026-01-01T00:00:00Z';

/** A record with its identity and its lookup keys. */
export function aFoundRecord(overrides: Partial<PaperRecordInput>): FoundRecord {
  const event = toFoundEvent({ kind: 'record', where: 'item 1', record: aRecordInput(overrides) }, now);
  if (event.kind !== 'found') throw new Error('the record is not valid');
  return event.found;
}

type Resolve = Parameters<RecordWriter['saveRecords']>[1];

/** Returns a resolver that replaces stored records with the incoming ones and resolves papers as ingest does. */
export const replacing =
  (incoming: readonly FoundRecord[]): Resolve =>
  (kept, at) =>
    resolvePapers([...new Map([...kept, ...incoming].map((found) => [found.identity, found])).values()], at);

/** Merges all records into one paper, whatever their identities. */
export function asOnePaper(records: readonly FoundRecord[]): ResolvedPaper {
  return {
    paper: mergePaper(
      records.map(({ record }) => record),
      now,
      tagPaper,
    ),
    records,
  };
}

/** Returns the same paper with another id. */
export const withId = <T extends { readonly paper: object }>(resolved: T, id: string): T => ({
  ...resolved,
  paper: { ...resolved.paper, id },
});

/** Saves records as ingest does. */
export async function save(
  writer: StorePorts['writer'],
  ...records: readonly Partial<PaperRecordInput>[]
): Promise<ReadonlyMap<string, SaveOutcome>> {
  const incoming = records.map(aFoundRecord);
  return writer.saveRecords(incoming, replacing(incoming));
}

/** Returns the identities in order. */
export const identities = (records: readonly FoundRecord[]) => records.map(({ identity }) => identity).sort();

/** Returns the stored records that `resolve` receives for an incoming one. */
export async function touchedBy(writer: StorePorts['writer'], incoming: FoundRecord): Promise<readonly FoundRecord[]> {
  let given: readonly FoundRecord[] = [];
  await writer.saveRecords([incoming], (kept) => {
    given = kept;
    return null;
  });
  return given;
}

/** Every paper by its key, in the order of keys. */
export async function papersIn(reader: StorePorts['reader']): Promise<ReadonlyMap<PaperKey, Paper>> {
  const ids = await reader.idsAfter(0, 1_000_000);
  const papers = await reader.papersByKey(ids.map(({ key }) => key));
  return new Map(
    ids.flatMap(({ key }) => {
      const paper = papers.get(key);
      return paper ? [[key, paper] as const] : [];
    }),
  );
}

export async function keyOf(reader: StorePorts['reader'], id: string): Promise<PaperKey> {
  const found = await reader.findPaper(id);
  if (!found) throw new Error(`there is no paper ${id}`);
  return found.key;
}
