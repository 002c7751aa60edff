import { it } from 'vitest';
import { readFileSync, readdirSync } from 'node:fs';
import { checkListings } from '../../scripts/check-recorded/listings.ts';
import { parseListing, toRecord } from '#ingest/sources/listing';
import { findCodeLinks } from '#core/links';
it('x', async () => {
  for (const c of await checkListings(process.env.DIR ?? '')) console.log(c.passed, c.name, c.detail);
  const dir = process.env.DIR + '/listings/';
  const today = '2039-01-01' as never;
  const tally: Record<string, number> = {}; const samples: Record<string, string[]> = {};
  const note = (k: string, s: string) => { tally[k] = (tally[k] ?? 0) + 1; (samples[k] ??= []).length < 6 && samples[k]?.push(s); };
  const files = [...readdirSync(dir).filter(f => f.endsWith('.txt')).map(f => dir + f), 'seeds/daily-papers-2025-12-16.txt'];
  for (const f of files) {
    const text = readFileSync(f, 'utf8'); const lines = text.split('\n');
    const base = parseListing(text, { name: f, today });
    const key = (p: any) => JSON.stringify([p.title, p.abstract]); const facts = (p: any) => JSON.stringify([p.authors, p.published, p.comments]);
    const want = new Map(base.papers.map(p => [key(p), p]));
    const modes: Record<string, (i: number) => string[]> = {
      remove: i => lines.toSpliced(i, 1), dup: i => lines.toSpliced(i, 0, lines[i] ?? ''), swap: i => lines.toSpliced(i, 2, lines[i + 1] ?? '', lines[i] ?? ''),
      blank: i => lines.toSpliced(i, 0, ''), noise: i => lines.toSpliced(i, 0, 'Something Else'), noise2: i => lines.toSpliced(i, 0, '', '42', ''), nodate: i => /^[A-Z][a-z]{2} \d+/.test(lines[i] ?? '') ? lines.toSpliced(i - 1, 2) : lines,
    };
    for (const [mode, mutate] of Object.entries(modes)) for (let i = 0; i < lines.length; i++) {
      let r; const t = mutate(i);
      try { r = parseListing(t.join('\n'), { name: f, today }); } catch (e) { if ((e as Error).name !== 'SourceRefused') throw e; note(mode + ' refused', `${f}:${i + 1} ${(e as Error).message}`); continue; }
      const bad = r.papers.filter(p => !want.has(key(p)));
      const missing = base.papers.length - (r.papers.length - bad.length);
      const wrong = r.papers.filter(p => want.has(key(p)) && facts(p) !== facts(want.get(key(p))));
      if (bad.length) note(mode + ' BAD', `${f.slice(-25)}:${i + 1} «${(lines[i] ?? '').slice(0, 30)}» → ${bad.map(p => p.line + ' ' + p.title.slice(0, 40) + ' / ' + p.abstract.slice(0, 40)).join(' ; ')} missing ${missing}`);
      if (wrong.length) note(mode + ' facts', `${f.slice(-25)}:${i + 1} «${(lines[i] ?? '').slice(0, 30)}» ${wrong.map(p => facts(p) + ' for ' + facts(want.get(key(p)))).join(' ; ').slice(0,200)}`);
      if (missing > 1) note(mode + ' missing>1', `${f.slice(-25)}:${i + 1} «${(lines[i] ?? '').slice(0, 30)}» ${missing} ${JSON.stringify(r.rejected)}`);
      if (missing === 1 && !r.rejected.length) note(mode + ' silent', `${f.slice(-25)}:${i + 1} «${(lines[i] ?? '').slice(0, 30)}»`);
      if (!bad.length && !wrong.length && !missing) note(mode + ' same' + (r.rejected.length ? '+report' : ''), '');
      if (missing === 1 && r.rejected.length && !bad.length) note(mode + ' one reported', JSON.stringify(r.rejected));
    }
  }
  for (const k of Object.keys(tally).sort()) console.log(k, tally[k], /same$/.test(k) ? '' : samples[k]?.slice(0, 5));
  const all = files.flatMap(f => parseListing(readFileSync(f, 'utf8'), { name: f, today }).papers);
  for (const p of all) { const l = findCodeLinks(p.abstract); const u = p.abstract.match(/.{0,40}(?:https?:|github)\S*(?: \S+)?/gi); if (u) console.log(JSON.stringify(u), '=>', l.map(x => x.kind + ' ' + x.url).join(', ')); }
});
