import { KeyNumbers } from '#serve/search/key-numbers';
import { KeyUses } from '#serve/search/key-uses';
import { analyze } from '#serve/search/analysis';
import { tokenize } from '#core/terms';
import { decodeTexAccents } from '#core/tex';
import { readPapers, toDocument } from './search-papers.ts';
const docs = readPapers('/work/shared/data/papers-100k.jsonl.gz').slice(0,20000).map(toDocument);
const cpu = () => { const c = process.cpuUsage(); return (c.user + c.system) / 1e6; };
const texts = docs.flatMap(d=>[d.title,d.abstract,...d.authors,...d.tags.map(t=>t.label)]);
let t=cpu(); let n=0; for (const x of texts) n+=decodeTexAccents(x).length; console.log('decode', cpu()-t);
t=cpu(); n=0; for (const x of texts) n+=tokenize(x).length; console.log('tokenize', cpu()-t, n);
t=cpu(); n=0; for (const x of texts) for (const {start,end} of tokenize(x)) n+=x.slice(start,end).length; console.log('+slice', cpu()-t, n);
{ const keys=new KeyNumbers(); t=cpu(); n=0; for (const x of texts) for (const {term,start,end} of tokenize(x)) n+=keys.ofToken('text',x.slice(start,end),term).stem; console.log('+ofToken', cpu()-t, n); }
{ const keys=new KeyNumbers(), u=new KeyUses(); t=cpu(); n=0; let p=0; for (const x of texts) { u.clear(); for (const {term,start,end} of tokenize(x)) { const k=keys.ofToken('text',x.slice(start,end),term); u.add(k.stem,'title',p++); for(const w of k.words) u.add(w,'title');} } console.log('+uses', cpu()-t, n); }
{ const keys=new KeyNumbers(), u=new KeyUses(); t=cpu(); for (const d of docs) analyze(d,keys,u); console.log('analyze', cpu()-t, n); }
