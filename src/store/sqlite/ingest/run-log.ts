/** Logs ingest runs and the records that they rejected. */
import type { Database } from 'better-sqlite3';
import type { RunLog, RunReport } from '#core/ports/ingest.ts';

/** Failure message of a run that ended without recording one. */
const killed = 'It was killed; what was saved stays.';

export function createRunLog(database: Database): RunLog {
  const start = database.prepare<[string, string, string], { id: number }>(
    'INSERT INTO IngestRun (source, subject, startedAt) VALUES (?, ?, ?) RETURNING id',
  );
  const finish = database.prepare(
    'UPDATE IngestRun SET finishedAt = :finishedAt, read = :read, added = :added, updated = :updated, unchanged = :unchanged, rejected = :rejected, failure = :failure WHERE id = :id',
  );
  const reject = database.prepare('INSERT INTO RejectedRecord (runId, place, title, reason) VALUES (?, ?, ?, ?)');
  const close = database.transaction((id: number, report: RunReport, finishedAt: string, failure: string | null) => {
    const { rejected, rejectedCount, ...counts } = report;
    finish.run({ id, ...counts, rejected: rejectedCount, finishedAt, failure });
    for (const { where, title, reason } of rejected) reject.run(id, where, title ?? null, reason);
  });
  const unended = database.prepare('SELECT id FROM IngestRun WHERE finishedAt IS NULL LIMIT 1');
  const endKilled = database.prepare<[string]>(
    `UPDATE IngestRun SET finishedAt = ?, failure = '${killed}' WHERE finishedAt IS NULL`,
  );
  const begin = database.transaction((source: string, subject: string, at: string) => {
    endKilled.run(at);
    return start.get(source, subject, at)?.id ?? 0;
  });
  return {
    start: (source, subject, startedAt) => begin.immediate(source, subject, startedAt),
    hasUnended: () => unended.get() !== undefined,
    endKilled: (at) => {
      endKilled.run(at);
    },
    finish: (id, report, finishedAt, failure) => close.immediate(id, report, finishedAt, failure),
  };
}
