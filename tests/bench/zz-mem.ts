import { createIndexFolder } from '#serve/search/index-folder';
import { loadIndex } from '#serve/search/saved-index';

const s: any = await loadIndex(createIndexFolder(process.argv[2]!), 'bench');
for (const seg of s.segments) {
  const o: any = {};
  for (const [k, v] of Object.entries({
    ...seg.postings,
    ...seg.columns,
    kb: seg.postings.vocabulary.bytes,
    ks: seg.postings.vocabulary.starts,
  } as any))
    if ((v as any).byteLength) o[k] = ((v as any).byteLength / 1e6).toFixed(1);
  console.log(seg.size, JSON.stringify(o));
  const by: any = {};
  const p = seg.postings;
  for (let t = 0; t < p.vocabulary.size; t++) {
    const k = String.fromCharCode(p.vocabulary.bytes[p.vocabulary.starts[t]]);
    by[k] ??= [0, 0, 0, 0];
    by[k][0]++;
    by[k][1] += p.fieldsStart[t + 1] - p.fieldsStart[t];
    by[k][2] += p.docsStart[t + 1] - p.docsStart[t];
    by[k][3] += p.positionsStart[t + 1] - p.positionsStart[t];
  }
  console.log(JSON.stringify(by));
}
