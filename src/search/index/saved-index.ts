/** Saves and loads the index: an immutable file per segment and a manifest that lists them. */
import { z } from 'zod';
import { checksumOf } from './checksum.ts';
import type { IndexState } from './search-index.ts';
import type { Segment } from './segment.ts';
import { decodeSegment, encodeSegment, segmentFormat } from './segment-bytes.ts';
import { pause } from './steps.ts';

/** A folder of files. `write` is atomic. */
export type IndexFiles = {
  read(name: string): Promise<Uint8Array<ArrayBuffer> | null>;
  write(name: string, parts: readonly Uint8Array[]): Promise<void>;
  list(): Promise<readonly string[]>;
  remove(name: string): Promise<void>;
};

const manifestName = 'index.json';

const FormatSchema = z.object({ format: z.literal(segmentFormat) });
/** `bytes`: size of the file. `deletedKeys`: keys of the papers that are deleted in the segment. */
const ManifestSchema = FormatSchema.extend({
  storeId: z.string(),
  revision: z.int(),
  segments: z.array(
    z.object({ file: z.string(), bytes: z.int(), checksum: z.int(), deletedKeys: z.array(z.number()) }),
  ),
});
type Manifest = z.infer<typeof ManifestSchema>;

/** Files of segments that are on disk. A segment is immutable, so it is written once. */
const savedFiles = new WeakMap<Segment, { readonly file: string; readonly bytes: number; readonly checksum: number }>();

/** Writes new segments and the manifest, then removes unused files. Pauses, so searches and updates may run between. */
export async function saveIndex(
  files: IndexFiles,
  { segments, revision, storeId }: IndexState & { readonly storeId: string },
): Promise<void> {
  // Read before the first pause, because later deletions belong to a later revision.
  const deletions = segments.map((segment) => ({ segment, deletedKeys: segment.deletedKeys() }));
  const manifest: Manifest = { format: segmentFormat, storeId, revision, segments: [] };
  for (const { segment, deletedKeys } of deletions)
    manifest.segments.push({ ...(await saveSegment(files, segment)), deletedKeys });
  const text = Buffer.from(JSON.stringify(manifest));
  const checksum = Buffer.from(`${await checksumOf([text], pause)}\n`);
  await files.write(manifestName, [checksum, text]);
  const usedNames = new Set([manifestName, ...manifest.segments.map(({ file }) => file)]);
  for (const name of await files.list()) if (!usedNames.has(name)) await files.remove(name);
}

async function saveSegment(files: IndexFiles, segment: Segment) {
  const known = savedFiles.get(segment);
  if (known) return known;
  const parts = encodeSegment(segment);
  const checksum = await checksumOf(parts, pause);
  const bytes = parts.reduce((total, part) => total + part.length, 0);
  const saved = { file: `segment-${checksum.toString(16).padStart(8, '0')}-${bytes}.bin`, bytes, checksum };
  if (!(await files.list()).includes(saved.file)) await files.write(saved.file, parts);
  savedFiles.set(segment, saved);
  return saved;
}

/** Why no index was loaded. `isDamaged`: a file is corrupt. Otherwise there is none for this store and format. */
export type IndexUnavailable = { readonly reason: string; readonly isDamaged: boolean };

/** Returns the saved index of a store, or the reason why there is none. */
export async function loadIndex(files: IndexFiles, storeId: string): Promise<IndexState | IndexUnavailable> {
  return await readIndex(files, storeId, (content, saved) => {
    const segment = decodeSegment(content);
    for (const key of saved.deletedKeys) segment.deleteDoc(key);
    savedFiles.set(segment, saved);
    return segment;
  });
}

/** Verifies the checksum of every file. Returns null if all are intact. */
export async function checkIndex(files: IndexFiles): Promise<IndexUnavailable | null> {
  const result = await readIndex(files, null, () => null);
  return 'reason' in result ? result : null;
}

type Saved = Manifest['segments'][number];

async function readIndex<T>(
  files: IndexFiles,
  storeId: string | null,
  decode: (content: Uint8Array<ArrayBuffer>, saved: Saved) => T,
) {
  try {
    const manifest = await loadManifest(files);
    if ('reason' in manifest) return manifest;
    if (storeId !== null && manifest.storeId !== storeId)
      return { reason: 'it belongs to another store', isDamaged: false };
    const segments: T[] = [];
    for (const saved of manifest.segments) segments.push(decode(await readSegment(files, saved), saved));
    return { segments, revision: manifest.revision };
  } catch (error) {
    // A corrupt file can fail anywhere. The caller then rebuilds the index from the store.
    return { reason: error instanceof Error ? error.message : String(error), isDamaged: true };
  }
}

async function readSegment(files: IndexFiles, saved: Saved): Promise<Uint8Array<ArrayBuffer>> {
  const content = await files.read(saved.file);
  if (content?.length !== saved.bytes) throw new Error(`${saved.file} is missing or cut off`);
  if ((await checksumOf([content], pause)) !== saved.checksum) throw new Error(`${saved.file} is damaged`);
  return content;
}

async function loadManifest(files: IndexFiles): Promise<Manifest | IndexUnavailable> {
  const content = await files.read(manifestName);
  if (!content) return { reason: 'none is saved', isDamaged: false };
  const end = content.indexOf(10);
  const text = content.subarray(end + 1);
  const checksum = Number(Buffer.from(content.subarray(0, end)).toString());
  const manifest = parseManifest(Buffer.from(text).toString());
  // Check the format first, because another format may use another checksum.
  if (!FormatSchema.safeParse(manifest).success) return { reason: 'it is of another version', isDamaged: false };
  if ((await checksumOf([text], pause)) !== checksum) throw new Error(`${manifestName} is damaged`);
  return ManifestSchema.parse(manifest);
}

function parseManifest(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${manifestName} is damaged`);
  }
}
