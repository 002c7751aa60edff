/** Contract of `RunLog`: each run has a start and an end, even if its process was killed. */
import { describe, expect, it } from 'vitest';
import { emptyReport } from '#core/ports/ingest.ts';
import { type MakeStore, open } from '#tests/test-store.ts';

const [at8, at9, at10, at11] = [
  '2025-12-16T08:00:00Z',
  '2025-12-16T09:00:00Z',
  '2025-12-16T10:00:00Z',
  '2025-12-16T11:00:00Z',
];
const killed = 'It was killed; what was saved stays.';

export function describeRunLog(makeStore: MakeStore): void {
  describe('a run', () => {
    it('is logged at its start with zero counts', async () => {
      const { store, runLog } = await open(makeStore);
      const id = await runLog.start('hf', '2025-12-16', at8);
      const counts = { read: 0, added: 0, updated: 0, unchanged: 0, rejected: 0 };
      const run = {
        id,
        source: 'hf',
        subject: '2025-12-16',
        startedAt: at8,
        finishedAt: null,
        ...counts,
        failure: null,
      };
      expect(await store.runs()).toEqual([run]);
    });

    it('ends with its report and its rejections in order', async () => {
      const { store, runLog } = await open(makeStore);
      const id = await runLog.start('jsonl', 'papers.jsonl', at8);
      const rejected = [
        { where: 'line 7', reason: 'a title is missing' },
        { where: 'line 2', reason: 'this is not JSON', title: 'A title' },
      ];
      await runLog.finish(id, { read: 16, added: 1, updated: 2, unchanged: 4, rejected, rejectedCount: 9 }, at9, null);
      expect(await store.runs()).toMatchObject([
        { finishedAt: at9, read: 16, added: 1, updated: 2, unchanged: 4, rejected: 9, failure: null },
      ]);
      expect(await store.rejections(id)).toEqual([
        { place: 'line 7', title: null, reason: 'a title is missing' },
        { place: 'line 2', title: 'A title', reason: 'this is not JSON' },
      ]);
    });

    it('that was interrupted keeps the failure message', async () => {
      const { store, runLog } = await open(makeStore);
      await runLog.finish(await runLog.start('hf', '2025-12-16', at8), emptyReport, at9, 'hf answers with status 503');
      expect(await store.runs()).toMatchObject([{ finishedAt: at9, failure: 'hf answers with status 503' }]);
    });

    it('has a unique number, and its end changes no other run', async () => {
      const { store, runLog } = await open(makeStore);
      const first = await runLog.start('hf', 'first', at8);
      await runLog.finish(first, { ...emptyReport, read: 1, added: 1 }, at9, null);
      const next = await runLog.start('hf', 'next', at9);
      expect(next).not.toBe(first);
      await runLog.finish(next, { ...emptyReport, read: 2, updated: 2 }, at10, null);
      expect(await store.runs()).toMatchObject([
        { subject: 'first', read: 1, added: 1, finishedAt: at9 },
        { subject: 'next', read: 2, updated: 2, finishedAt: at10 },
      ]);
    });

    it('ends atomically: if one rejection cannot be logged, the run stays open', async () => {
      const { store, runLog } = await open(makeStore);
      const id = await runLog.start('hf', '2025-12-16', at8);
      const rejected = [
        { where: 'item 1', reason: 'good' },
        { where: 'item 2', reason: null as unknown as string },
      ];
      await expect(async () =>
        runLog.finish(id, { ...emptyReport, read: 2, rejected, rejectedCount: 2 }, at9, null),
      ).rejects.toThrow();
      expect(await store.runs()).toMatchObject([{ finishedAt: null, read: 0 }]);
      expect(await store.rejections(id)).toEqual([]);
    });
  });

  describe('a run that was killed', () => {
    it('is closed by the next run on any connection, and finished runs do not change', async () => {
      const { store, runLog } = await open(makeStore);
      await runLog.finish(await runLog.start('hf', 'calm', at8), emptyReport, at9, null);
      await runLog.start('hf', 'killed', at9);
      await (await store.connect()).runLog.start('arxiv', 'next', at10);
      expect(await store.runs()).toMatchObject([
        { subject: 'calm', finishedAt: at9, failure: null },
        { subject: 'killed', finishedAt: at10, failure: killed },
        { subject: 'next', finishedAt: null, failure: null },
      ]);
    });

    it('is closed without a next run', async () => {
      const { store, runLog } = await open(makeStore);
      await runLog.start('jsonl', 'papers.jsonl', at9);
      await runLog.endKilled(at10);
      expect(await store.runs()).toMatchObject([{ finishedAt: at10, failure: killed }]);
    });

    it('records its own end if it was only suspended and resumes', async () => {
      const { store, runLog } = await open(makeStore);
      const asleep = await runLog.start('hf', 'asleep', at9);
      await runLog.endKilled(at10);
      await runLog.finish(asleep, { ...emptyReport, read: 3, added: 3 }, at11, null);
      expect(await store.runs()).toMatchObject([{ finishedAt: at11, read: 3, added: 3, failure: null }]);
    });
  });

  describe('the log', () => {
    it('has no open run when empty, and closing none changes nothing', async () => {
      const { store, runLog } = await open(makeStore);
      expect(await runLog.hasUnended()).toBe(false);
      await runLog.endKilled(at10);
      expect(await store.runs()).toEqual([]);
    });

    it('has an open run from its start to its end', async () => {
      const { store, runLog } = await open(makeStore);
      const other = (await store.connect()).runLog;
      const id = await runLog.start('hf', '2025-12-16', at8);
      expect(await other.hasUnended()).toBe(true);
      await runLog.finish(id, emptyReport, at9, null);
      expect(await other.hasUnended()).toBe(false);
    });

    it('has no open run after killed runs were closed', async () => {
      const { runLog } = await open(makeStore);
      await runLog.start('hf', '2025-12-16', at8);
      await runLog.endKilled(at9);
      expect(await runLog.hasUnended()).toBe(false);
    });
  });
}
