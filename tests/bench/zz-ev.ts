import { loadCollection, ndcgAt, recallAt } from '/work/main/tests/bench/evaluate-collection.ts';
import { parsePaperQuery } from '/work/main/src/serve/query/parse-paper-query.ts';
(globalThis as any).PARAMS = JSON.parse(process.argv[2] ?? '{}');
const { SearchIndex } = await import('/work/main/src/serve/search/search-index.ts');
import { stopWords } from '/work/main/src/core/terms.ts';
const today = '2025-12-16' as any;
for (const n of ['cacm','cranfield','medline']) {
  const c = loadCollection('/work/shared/data/relevance/'+n, n);
  const index = new SearchIndex({ textsOf: () => new Map() });
  index.update(c.papers.map((p,key)=>({key,id:'p'+key,aliases:[],title:p.title,abstract:p.abstract,authors:[],authorCount:null,organization:null,publishedOn:null,listings:[],upvotes:null,commentCount:null,tags:[],hasCode:false,hasProject:false} as any)), {removed:[],revision:1});
  const out: string[]=[n]; const modes: any = {

    raw: (t:string)=>(t.match(/[\p{L}\p{N}]+/gu)??[]).filter(w=>!stopWords.has(w.toLowerCase())).map(text=>({kind:'text',field:'any',match:'word',text})),
    dedupe: (t:string)=>[...new Set((t.toLowerCase().match(/[\p{L}\p{N}]+/gu)??[]).filter(w=>!stopWords.has(w.toLowerCase())))].map(text=>({kind:'text',field:'any',match:'word',text})),
    //raw500: (t:string)=>(t.slice(0,500).match(/[\p{L}\p{N}]+/gu)??[]).filter(w=>!stopWords.has(w.toLowerCase())).map(text=>({kind:'text',field:'any',match:'word',text})),
  };
  for (const m in modes) {
    let nd=0, rc=0,k=0; let part=0;
    for (const q of c.queries) { const rel=c.judgments.get(q.id); if(!rel) continue; k++;
      const where=modes[m](q.text);
      const r=index.search({where,sort:'relevance',offset:0,limit:100,facets:false,today});
      const f=r.hits.map(h=>c.papers[h.key]!.id); nd+=ndcgAt(10,f,rel); rc+=recallAt(100,f,rel);
      if (m==='parsed' && process.argv[3]) console.log(q.id, ndcgAt(10,f,rel).toFixed(2), r.total, r.partial, JSON.stringify(where.filter((w:any)=>w.match!=='word')), q.text.slice(0,80));
    }
    out.push(m+' '+(nd/k).toFixed(4)+'/'+(rc/k).toFixed(3));
  }
console.log(out.join('  '));}
