/** Contract of `PaperReader`: tags, topics and authors for pages. */
import { describe, expect, it } from 'vitest';
import { save } from '#tests/port-papers.ts';
import { type MakeStore, open, type StorePorts } from '#tests/test-store.ts';

const numbered = (n: number) => ({ source: 'jsonl', ownId: `p${n}`, title: `Paper ${n}` });

export function describeNameReader(makeStore: MakeStore): void {
  describeTags(makeStore);
  describeTopics(makeStore);
  describeAuthors(makeStore);
}

function describeTags(makeStore: MakeStore): void {
  describe('tags', () => {
    it('are empty in an empty store', async () => {
      const { reader } = await open(makeStore);
      expect([
        await reader.tags(10),
        await reader.topics(),
        await reader.topicMonths(),
        await reader.findTag('nlp'),
      ]).toEqual([[], [], [], null]);
      expect((await reader.tagLabels(['nlp'])).size).toBe(0);
    });

    it('of all kinds are ordered by paper count, then slug by code point, up to the limit', async () => {
      const { reader, writer } = await open(makeStore);
      await save(
        writer,
        { ...numbered(1), keywords: ['ab', 'a-b', 'a.b', 'Élan'], categories: ['cs.SE'] },
        { ...numbered(2), keywords: ['zoo'], categories: ['cs.SE', 'cs.CL'] },
        { ...numbered(3), keywords: ['zoo'], categories: ['cs.SE'] },
      );
      const tags = await reader.tags(100);
      const line = ({ kind, slug, label, count }: (typeof tags)[number]) => `${kind} ${slug} ${label} ${count}`;
      const accented = tags.at(-1);
      expect(tags.slice(0, -1).map(line)).toEqual([
        'category cs.se cs.SE 3',
        'keyword zoo zoo 2',
        'keyword a-b a-b 1',
        'keyword a.b a.b 1',
        'keyword ab ab 1',
        'category cs.cl cs.CL 1',
      ]);
      expect(accented?.label).toBe('Élan');
      expect(await reader.tags(2)).toEqual(tags.slice(0, 2));
    });

    it('without papers are omitted', async () => {
      const { reader, writer } = await open(makeStore);
      await save(writer, { ...numbered(1), keywords: ['zoo'] });
      await save(writer, { ...numbered(1), keywords: ['sea'] });
      expect(await reader.findTag('zoo')).toBeNull();
      expect((await reader.tags(10)).map(({ slug }) => slug)).toEqual(['sea']);
    });

    it('are found by slug, with their paper count', async () => {
      const { reader, writer } = await open(makeStore);
      await save(writer, { ...numbered(1), categories: ['cs.SE'] });
      expect(await reader.findTag('cs.se')).toEqual({ kind: 'category', slug: 'cs.se', label: 'cs.SE', count: 1 });
      expect([await reader.findTag('cs.SE'), await reader.findTag('cs'), await reader.findTag('')]).toEqual([
        null,
        null,
        null,
      ]);
    });

    it('have labels, and unknown slugs are omitted', async () => {
      const { reader, writer } = await open(makeStore);
      await save(writer, { ...numbered(1), categories: ['cs.SE', 'cs.CL'], keywords: ['zoo'] });
      expect(await reader.tagLabels(['zoo', 'cs.se', 'nothing', 'zoo'])).toEqual(
        new Map([
          ['zoo', 'zoo'],
          ['cs.se', 'cs.SE'],
        ]),
      );
      expect(await reader.tagLabels([])).toEqual(new Map());
    });
  });
}

function describeTopics(makeStore: MakeStore): void {
  const title = 'Reasoning with language models';

  describe('topics', () => {
    it('are the tags of kind `topic` in the order of tags', async () => {
      const { reader, writer } = await open(makeStore);
      await save(
        writer,
        { ...numbered(1), title, categories: ['cs.SE'] },
        { ...numbered(2), title: 'Machine translation of Finnish' },
      );
      const topics = await reader.topics();
      expect(topics.length).toBeGreaterThan(1);
      expect(topics).toEqual((await reader.tags(1_000)).filter(({ kind }) => kind === 'topic'));
    });

    it('count papers with a known day by month, for the last two years with papers', async () => {
      const { reader, writer } = await open(makeStore);
      const published = ['2024-05-23', '2024-05-02', '2024-06-30', '2024', '2022-07-02', '2022-07-01'];
      await save(
        writer,
        ...published.map((publishedOn, i) => ({
          ...numbered(i),
          title: `${title} ${i}`,
          publishedOn,
          categories: ['cs.SE'],
        })),
      );
      const months = await reader.topicMonths();
      const slugs = [...new Set(months.map(({ slug }) => slug))];
      expect(slugs).toEqual((await reader.topics()).map(({ slug }) => slug).sort());
      expect(months).toEqual(
        slugs.flatMap((slug) => [
          { slug, month: '2022-07', count: 1 },
          { slug, month: '2024-05', count: 2 },
          { slug, month: '2024-06', count: 1 },
        ]),
      );
    });
  });
}

function describeAuthors(makeStore: MakeStore): void {
  const find = (reader: StorePorts['reader'], ...names: string[]) =>
    Promise.all(names.map((name) => reader.findAuthor(name)));

  describe('an author', () => {
    it('is null in an empty store and for a name without papers', async () => {
      const { reader, writer } = await open(makeStore);
      expect(await reader.findAuthor('Ann Lee')).toBeNull();
      await save(writer, { ...numbered(1), authors: ['Ann Lee'] });
      expect(await find(reader, 'Ann', 'Lee', 'Ann Leé Roe', '', '%')).toEqual([null, null, null, null, null]);
    });

    it('is found in any case and accents, with the most frequent spelling', async () => {
      const { reader, writer } = await open(makeStore);
      await save(
        writer,
        ...['Zoë Roe', 'Zoë Roe', 'ZOE ROE'].map((name, i) => ({ ...numbered(i), authors: [name, 'Ann Lee'] })),
      );
      const zoe = { name: 'Zoë Roe', count: 3 };
      expect(await find(reader, 'Zoë Roe', 'zoe roe', 'ZOË ROE', 'Zoe\u0308 Roe')).toEqual([zoe, zoe, zoe, zoe]);
    });

    it('counts a paper once that contains the name twice', async () => {
      const { reader, writer } = await open(makeStore);
      await save(writer, { ...numbered(1), authors: ['Ann Lee', 'ANN LEE'] });
      expect(await reader.findAuthor('ann lee')).toEqual({ name: 'Ann Lee', count: 1 });
    });
  });
}
