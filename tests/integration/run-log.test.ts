/** The log of runs: one whose process was killed is ended by whoever may ingest next. */
import { expect, it } from 'vitest';
import { createRunLog } from '#store/run-log';
import { aTempStore } from '#tests/temp-store';

const empty = { read: 0, added: 0, updated: 0, unchanged: 0, rejected: [], rejectedCount: 0 };

it('a run that was killed is ended by the next one, which goes on', () => {
  const { database } = aTempStore();
  const runs = createRunLog(database);
  const ended = runs.start('hf', 'calm', '2025-12-16T08:00:00Z');
  runs.finish(ended, empty, '2025-12-16T08:01:00Z', null);
  runs.start('hf', 'killed', '2025-12-16T09:00:00Z');
  createRunLog(database).start('hf', 'next', '2025-12-16T10:00:00Z');
  const rows = database.prepare('SELECT subject, finishedAt, failure FROM IngestRun ORDER BY id').all();
  expect(rows).toEqual([
    { subject: 'calm', finishedAt: '2025-12-16T08:01:00Z', failure: null },
    { subject: 'killed', finishedAt: '2025-12-16T10:00:00Z', failure: expect.stringContaining('killed') },
    { subject: 'next', finishedAt: null, failure: null },
  ]);
});

it('a start ends what was killed, and nothing else', () => {
  const { database } = aTempStore();
  const runs = createRunLog(database);
  expect(runs.hasUnended()).toBe(false);
  runs.start('jsonl', 'papers.jsonl', '2025-12-16T09:00:00Z');
  expect(runs.hasUnended()).toBe(true);
  runs.endKilled('2025-12-16T10:00:00Z');
  expect(runs.hasUnended()).toBe(false);
});

it('a run that was thought dead and comes back says itself how it ended', () => {
  const { database } = aTempStore();
  const runs = createRunLog(database);
  const asleep = runs.start('hf', 'asleep', '2025-12-16T09:00:00Z');
  runs.endKilled('2025-12-16T10:00:00Z');
  runs.finish(asleep, empty, '2025-12-16T11:00:00Z', null);
  expect(database.prepare('SELECT finishedAt, failure FROM IngestRun').get()).toEqual({
    finishedAt: '2025-12-16T11:00:00Z',
    failure: null,
  });
});
