/** Starts the built site at a given time, with a source in every state. No slot is due, so nothing is fetched. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import { root, withStore } from './ingest-load.ts';

/** Monday in UTC and Sunday evening in New York: Hugging Face's day has begun, and arXiv's announcement is not due. */
const statusNow = '2026-11-23T00:30:00.000Z';

/** The current slot of one hour counts as done. */
const latestSlot = Math.floor(Date.parse(statusNow) / 3_600_000) + 1;

const answeredAt = '2026-11-23T00:10:00.000Z';
const rows = [
  { name: 'hf', latestDay: '2026-11-23', failure: null },
  { name: 'arxiv:cs.AI', latestDay: null, failure: null },
  { name: 'arxiv:cs.CL', latestDay: '2026-11-20', failure: null },
  { name: 'arxiv:cs.LG', latestDay: '2026-11-18', failure: null },
  {
    name: 'arxiv:cs.CV',
    latestDay: '2026-11-20',
    failure: 'export.arxiv.org could not be read: it answers with status 503.',
  },
  { name: 'arxiv', latestDay: null, failure: null },
];

/** Expected state of each source. */
export const statesShown = {
  hf: 'fresh',
  'arxiv:cs.AI': 'waiting',
  'arxiv:cs.CL': 'quiet',
  'arxiv:cs.LG': 'stalled',
  'arxiv:cs.CV': 'failed',
  arxiv: 'manual',
} as const;

export async function startStatusServer() {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'paper-digest-status-'));
  const file = join(folder, 'digest.db');
  withStore(file, (database) => {
    const source = database.prepare(
      'INSERT INTO Source (name, askedAt, answeredAt, latestDay, failure, nextTryAt) VALUES (?, ?, ?, ?, ?, NULL)',
    );
    const job = database.prepare(`INSERT INTO ScheduledJob (name, lastSlot, doneAt) VALUES (?, ${latestSlot}, '')`);
    for (const { name, latestDay, failure } of rows) {
      job.run(name);
      // Never fetched, so its state is `waiting`.
      if (name !== 'arxiv:cs.AI')
        source.run(name, failure ? '2026-11-23T00:20:00.000Z' : answeredAt, answeredAt, latestDay, failure);
    }
    database.exec(`INSERT INTO SourceDay VALUES ('hf', '2026-11-11', 0, 'Hugging Face listed no papers on this day.', '${answeredAt}');
      INSERT INTO IngestRun (source, subject, startedAt, finishedAt, read, added, updated, unchanged, rejected, failure)
        VALUES ('hf', '2026-11-21..2026-11-23', '${answeredAt}', '${answeredAt}', 31, 30, 0, 0, 1, NULL);
      INSERT INTO RejectedRecord (runId, place, title, reason) VALUES (1, 'item 7', 'A paper without an abstract', 'its title is empty')`);
  });
  const shiftMs = Date.parse(statusNow) - Date.now();
  const shift = `data:text/javascript,${encodeURIComponent(`const now = Date.now; Date.now = () => now() + ${shiftMs};`)}`;
  const child = spawn(process.execPath, ['scripts/serve.mjs'], {
    cwd: root,
    env: {
      ...process.env,
      NODE_OPTIONS: `--import=${shift}`,
      PORT: String(port),
      HOST: '127.0.0.1',
      SEED: '1',
      DATABASE_URL: `file:${file}`,
      SOURCES: Object.keys(statesShown)
        .filter((name) => name !== 'arxiv')
        .join(','),
      HF_ENDPOINT: 'http://127.0.0.1:9',
      ARXIV_ENDPOINT: 'http://127.0.0.1:9',
      SITE_URL: '',
      SMTP_URL: '',
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const origin = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 200; tries++) {
    const isUp = await fetch(`${origin}/api/health`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (isUp) break;
    await sleep(200);
  }
  return {
    origin,
    async close() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
