import { SearchIndex } from '#serve/search/search-index';
import { saveIndex } from '#serve/search/saved-index';
import { createIndexFolder } from '#serve/search/index-folder';
import { readPapers, textsAt, toDocument } from './search-papers.ts';
const n = Number(process.argv[2]); const out = process.argv[3];
const real = readPapers('/work/shared/data/papers-100k.jsonl.gz');
const cpu = () => { const c = process.cpuUsage(); return (c.user + c.system) / 1e6; };
const index = new SearchIndex({ textsOf: () => new Map() });
let tu=0, tf=0;
for (let from = 0; from < n; from += 20000) {
  const docs = Array.from({ length: Math.min(20000, n - from) }, (_, i) => toDocument(textsAt(real, from + i), from + i));
  let a = cpu(); index.update(docs, { removed: [], revision: 1 }); tu += cpu() - a; a = cpu();
  for (const _ of index.fold()); tf += cpu() - a;
}
console.log('update', tu, 'fold', tf, 'per paper us', (tu + tf) / n * 1e6);
await saveIndex(createIndexFolder(out!), { segments: index.segments, revision: 1, storeId: 'bench' });
