/** Contract of `RecordWriter`: tags and authors depend only on the current papers. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Paper } from '#core/paper.ts';
import type { PaperRecordInput } from '#core/record.ts';
import { foldText } from '#core/text/terms.ts';
import { papersIn, save } from '#tests/port-papers.ts';
import { propertyRuns } from '#tests/property-runs.ts';
import { type MakeStore, open, type StorePorts } from '#tests/test-store.ts';

const kinds = ['topic', 'category', 'keyword'];
const authors = ['Ann Lee', 'ANN LEE', 'ann lee', 'Zoë Roe', 'Zoe Roe'];

type Name = { readonly id: string; readonly kind: string; readonly spelling: string };

/** Each name's papers by spelling, counted anew: the most frequent of the best kind, of equals the last. */
function elect(said: readonly (readonly Name[])[]) {
  const names = new Map<string, (Name & { papers: number })[]>();
  for (const paper of said)
    for (const id of new Set(paper.map((one) => one.id))) {
      const [own] = paper.filter((one) => one.id === id).sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind));
      if (!own) continue;
      const all = names.get(id) ?? [];
      names.set(id, all);
      const same = all.find((one) => one.kind === own.kind && one.spelling === own.spelling);
      if (same) same.papers++;
      else all.push({ ...own, papers: 1 });
    }
  return [...names].map(([id, all]) => {
    const best = Math.min(...all.map((one) => kinds.indexOf(one.kind)));
    const ofKind = all.filter((one) => kinds.indexOf(one.kind) === best);
    const most = Math.max(...ofKind.map((one) => one.papers));
    const spellings = ofKind.flatMap((one) => (one.papers === most ? one.spelling : []));
    const spelling = spellings.sort((a, b) => (a < b ? -1 : 1)).at(-1);
    return { id, kind: kinds[best], spelling, count: all.reduce((sum, one) => sum + one.papers, 0) };
  });
}

function expectedTags(papers: readonly Paper[]) {
  const said = papers.map((paper) => paper.tags.map(({ slug, kind, label }) => ({ id: slug, kind, spelling: label })));
  return elect(said)
    .map(({ id, kind, spelling, count }) => ({ kind, slug: id, label: spelling, count }))
    .sort((a, b) => b.count - a.count || (a.slug < b.slug ? -1 : 1));
}

function expectedAuthors(papers: readonly Paper[]) {
  const said = papers.map((paper) =>
    paper.authors.map((name) => ({ id: foldText(name), kind: 'topic', spelling: name })),
  );
  const elected = new Map(elect(said).map(({ id, spelling, count }) => [id, { name: spelling, count }]));
  return authors.map((name) => elected.get(foldText(name)) ?? null);
}

const storedAuthors = (reader: StorePorts['reader']) => Promise.all(authors.map((name) => reader.findAuthor(name)));

const record = fc
  .record({
    id: fc.integer({ min: 1, max: 5 }),
    title: fc.constantFrom('Reasoning with language models', 'On routers'),
    authors: fc.subarray(authors, { minLength: 1 }),
    keywords: fc.subarray(['LLMs', 'llms', 'Code Generation', 'code-generation', 'cs.CL', 'cs.cl', 'Robotics']),
    categories: fc.subarray(['cs.CL', 'cs.RO']),
  })
  .map(({ id, ...said }): Partial<PaperRecordInput> => ({ source: 'arxiv', arxivId: `2401.0000${id}`, ...said }));

export function describeNames(makeStore: MakeStore): void {
  describe('tags and authors', () => {
    it('match the papers after random batches from two processes', { timeout: 120_000 }, async () => {
      const batches = fc.array(fc.tuple(fc.boolean(), fc.array(record, { minLength: 1, maxLength: 4 })), {
        maxLength: 8,
      });
      await fc.assert(
        fc.asyncProperty(batches, async (all) => {
          const { store, reader, writer } = await open(makeStore);
          const other = (await store.connect()).writer;
          for (const [isFirst, records] of all) {
            await save(isFirst ? writer : other, ...records);
            const papers = [...(await papersIn(reader)).values()];
            expect(await reader.tags(1_000)).toEqual(expectedTags(papers));
            expect(await storedAuthors(reader)).toEqual(expectedAuthors(papers));
          }
        }),
        { numRuns: propertyRuns(60) },
      );
    });
  });
}
