/** The index kept beside the database: one file a segment, written once, and a small list of them that is replaced. */
import { z } from 'zod';
import { checksumOf } from './checksum.ts';
import type { IndexState } from './search-index.ts';
import type { Segment } from './segment.ts';
import { decodeSegment, encodeSegment, segmentFormat } from './segment-bytes.ts';
import { pause } from './steps.ts';

/** A folder of files. `write` replaces a file whole or not at all. */
export type IndexFiles = {
  read(name: string): Promise<Uint8Array<ArrayBuffer> | null>;
  write(name: string, parts: readonly Uint8Array[]): Promise<void>;
  list(): Promise<readonly string[]>;
  remove(name: string): Promise<void>;
};

const listName = 'index.json';

const FormatSchema = z.object({ format: z.literal(segmentFormat) });
const ListSchema = FormatSchema.extend({
  storeId: z.string(),
  revision: z.int(),
  segments: z.array(z.object({ file: z.string(), bytes: z.int(), checksum: z.int(), struckOut: z.array(z.number()) })),
});
type List = z.infer<typeof ListSchema>;

/** Where a segment was written to, so that it is written once. */
const written = new WeakMap<Segment, { readonly file: string; readonly bytes: number; readonly checksum: number }>();

/** Writes what is new; searches go on meanwhile, and changes made meanwhile wait for the next time. */
export async function saveIndex(
  files: IndexFiles,
  { segments, revision, storeId }: IndexState & { readonly storeId: string },
): Promise<void> {
  // Read before the first pause: later strikes belong to a later revision.
  const parts = segments.map((segment) => ({ segment, struckOut: segment.deletedKeys() }));
  const list: List = { format: segmentFormat, storeId, revision, segments: [] };
  for (const { segment, struckOut } of parts) list.segments.push({ ...(await saveSegment(files, segment)), struckOut });
  const text = Buffer.from(JSON.stringify(list));
  const seal = Buffer.from(`${await checksumOf([text], pause)}\n`);
  await files.write(listName, [seal, text]);
  const used = new Set([listName, ...list.segments.map(({ file }) => file)]);
  for (const name of await files.list()) if (!used.has(name)) await files.remove(name);
}

async function saveSegment(files: IndexFiles, segment: Segment) {
  const known = written.get(segment);
  if (known) return known;
  const parts = encodeSegment(segment);
  const checksum = await checksumOf(parts, pause);
  const bytes = parts.reduce((total, part) => total + part.length, 0);
  const saved = { file: `segment-${checksum.toString(16).padStart(8, '0')}-${bytes}.bin`, bytes, checksum };
  if (!(await files.list()).includes(saved.file)) await files.write(saved.file, parts);
  written.set(segment, saved);
  return saved;
}

/** Why there is no saved index: there is none for this store and version, or a file of it is damaged. */
export type NoIndex = { readonly reason: string; readonly isDamaged: boolean };

/** The saved index of a store; without one, or when anything about it is wrong, the reason. */
export async function loadIndex(files: IndexFiles, storeId: string): Promise<IndexState | NoIndex> {
  return await readIndex(files, storeId, (content, saved) => {
    const segment = decodeSegment(content);
    for (const key of saved.struckOut) segment.deleteDoc(key);
    written.set(segment, saved);
    return segment;
  });
}

/** Reads every file of the saved index and compares its checksum; null when all are whole. */
export async function checkIndex(files: IndexFiles): Promise<NoIndex | null> {
  const read = await readIndex(files, null, () => null);
  return 'reason' in read ? read : null;
}

type Saved = List['segments'][number];

async function readIndex<T>(
  files: IndexFiles,
  storeId: string | null,
  take: (content: Uint8Array<ArrayBuffer>, saved: Saved) => T,
) {
  try {
    const list = await loadList(files);
    if ('reason' in list) return list;
    if (storeId !== null && list.storeId !== storeId)
      return { reason: 'it belongs to another store', isDamaged: false };
    const segments: T[] = [];
    for (const saved of list.segments) segments.push(take(await readSegment(files, saved), saved));
    return { segments, revision: list.revision };
  } catch (error) {
    // Whatever a broken file makes fail: the store still has everything, and the caller builds the index anew.
    return { reason: error instanceof Error ? error.message : String(error), isDamaged: true };
  }
}

async function readSegment(files: IndexFiles, saved: Saved): Promise<Uint8Array<ArrayBuffer>> {
  const content = await files.read(saved.file);
  if (content?.length !== saved.bytes) throw new Error(`${saved.file} is missing or cut off`);
  if ((await checksumOf([content], pause)) !== saved.checksum) throw new Error(`${saved.file} is damaged`);
  return content;
}

async function loadList(files: IndexFiles): Promise<List | NoIndex> {
  const content = await files.read(listName);
  if (!content) return { reason: 'none is saved', isDamaged: false };
  const end = content.indexOf(10);
  const text = content.subarray(end + 1);
  const seal = Number(Buffer.from(content.subarray(0, end)).toString());
  const list = parseList(Buffer.from(text).toString());
  // Before the checksum, which another version may have made in another way.
  if (!FormatSchema.safeParse(list).success) return { reason: 'it is of another version', isDamaged: false };
  if ((await checksumOf([text], pause)) !== seal) throw new Error(`${listName} is damaged`);
  return ListSchema.parse(list);
}

function parseList(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${listName} is damaged`);
  }
}
