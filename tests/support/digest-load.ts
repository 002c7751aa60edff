/** Load for the crash test and the benchmark: many subscribers, and the real command, killed while it sends. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import { addDays, type Day, DaySchema } from '#core/day.ts';
import { ingestPapers } from '#ingest/ingest-papers.ts';
import { openForWriting } from '#store/sqlite/database.ts';
import { migrate } from '#store/sqlite/migrate.ts';
import { createRecordWriter } from '#store/sqlite/papers/record-writer.ts';
import { aRecordInput, eventsOf } from './records.ts';

const root = join(import.meta.dirname, '..', '..');
export const papersADay = 10;
const firstDay = DaySchema.parse('2025-01-06');
const topics = [
  'code generation',
  'machine translation',
  'image segmentation',
  'protein folding',
  'speech recognition',
];

export const digestDay = (n: number): Day => addDays(firstDay, n);

/** Creates a store with papers on `days` days, and `subscribers` who get every paper of the requested day. */
export async function aLoadedStore(
  folder: string,
  { subscribers, days }: { readonly subscribers: number; readonly days: number },
) {
  const file = join(folder, 'digest.db');
  migrate(file, join(root, 'prisma', 'migrations'));
  const database = openForWriting(file);
  insertSubscribers(database, subscribers);
  const records = Array.from({ length: days * papersADay }, (_, i) => {
    const day = digestDay(Math.floor(i / papersADay));
    const topic = topics[i % topics.length];
    return aRecordInput({
      title: `Paper ${i} on ${topic} with $O(n^2)$ steps`,
      abstract: `We study ${topic} in detail. `.repeat(20),
      authors: ['Ada Example', 'Bo Sample', `Writer ${i}`],
      arxivId: `2501.${String(i).padStart(5, '0')}`,
      publishedOn: day,
      listings: [{ source: 'listing', day, position: (i % papersADay) + 1 }],
    });
  });
  await ingestPapers(eventsOf(records), { writer: createRecordWriter(database) });
  return { file, database };
}

function insertSubscribers(database: Database, count: number): void {
  const subscriber = database.prepare(
    `INSERT INTO Subscriber (id, address, createdAt) VALUES (?, ?, '2025-01-01T00:00:00.000Z')`,
  );
  const subscription = database.prepare(
    `INSERT INTO Subscription (id, subscriberId, query, weekdays, hour, timeZone, mailsEmpty, state, createdAt, sinceKey, sinceDay, nextDueAt)
     VALUES (?, ?, '', '1234567', 7, 'UTC', 0, 'active', '2025-01-01T00:00:00.000Z', 1000000, '2099-01-01', '2099-01-01T00:00:00.000Z')`,
  );
  database.transaction(() => {
    for (let i = 1; i <= count; i++) {
      subscriber.run(i, `reader${i}@example.org`);
      subscription.run(i, i);
    }
  })();
}

type EndedRun = {
  readonly code: number | null;
  readonly output: string;
  readonly peakMb: number;
  readonly cpuSeconds: number;
};
export type DigestRun = { readonly child: ChildProcess; readonly ended: Promise<EndedRun> };

/** Runs `npm run digest -- --day …` in a child process. */
export function runDigest(databaseFile: string, smtpUrl: string, day: Day): DigestRun {
  const child = spawn(process.execPath, [join(root, 'dist/cli.mjs'), 'digest', '--day', day], {
    cwd: root,
    env: {
      PATH: process.env.PATH ?? '',
      DATABASE_URL: `file:${databaseFile}`,
      SMTP_URL: smtpUrl,
      SITE_URL: 'https://digest.example',
      NODE_ENV: 'production',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  let used = { peakMb: 0, cpuSeconds: 0 };
  const watch = setInterval(() => {
    used = usageOf(child.pid) ?? used;
  }, 50);
  const ended = new Promise<EndedRun>((resolve) =>
    child.once('close', (code) => {
      clearInterval(watch);
      resolve({ code, output, ...used });
    }),
  );
  return { child, ended };
}

/** Returns null if the process has ended, or on systems without `/proc`. */
function usageOf(pid: number | undefined): { peakMb: number; cpuSeconds: number } | null {
  try {
    const peakKb = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    const [user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')
      .slice(11, 13);
    return peakKb === undefined
      ? null
      : { peakMb: Number(peakKb) / 1024, cpuSeconds: (Number(user) + Number(system)) / 100 };
  } catch {
    return null;
  }
}

export type CrashCounts = {
  readonly kills: number;
  readonly missing: number;
  readonly duplicates: number;
  /** Most mails in flight at any kill. */
  readonly inFlightMax: number;
  /** Duplicates with another Message-ID. */
  readonly renamed: number;
};

type Sink = {
  readonly url: string;
  readonly mails: readonly { readonly to: readonly string[]; readonly raw: string }[];
};

/** Sends a day's digest, kills the sender up to `kills` times at random moments, then lets it finish. */
export async function sendWithKills(
  store: { file: string; database: Database },
  sink: Sink,
  day: Day,
  { kills, withinMs }: { readonly kills: number; readonly withinMs: number },
): Promise<CrashCounts> {
  const before = sink.mails.length;
  const inFlight = store.database.prepare<[], number>(`SELECT count(*) FROM Delivery WHERE state = 'sending'`).pluck();
  let done = 0;
  let inFlightMax = 0;
  for (let isOver = false; !isOver; ) {
    const { child, ended } = runDigest(store.file, sink.url, day);
    if (done < kills) {
      await Promise.race([ended, sleep(Math.random() * withinMs)]);
      if (child.exitCode === null) done += Number(child.kill('SIGKILL'));
    }
    const { code, output } = await ended;
    inFlightMax = Math.max(inFlightMax, inFlight.get() ?? 0);
    if (code !== null && code !== 0) throw new Error(output);
    isOver = code === 0;
  }
  return { kills: done, inFlightMax, ...countMails(sink.mails.slice(before), store.database) };
}

function countMails(mails: Sink['mails'], database: Database): Pick<CrashCounts, 'missing' | 'duplicates' | 'renamed'> {
  const idsOf = new Map<string, string[]>();
  for (const { to, raw } of mails)
    for (const address of to)
      idsOf.set(address, [...(idsOf.get(address) ?? []), /^Message-ID: (.*)\r$/m.exec(raw)?.[1] ?? '']);
  const addresses = database.prepare<[], string>('SELECT address FROM Subscriber').pluck().all();
  const all = [...idsOf.values()];
  return {
    missing: addresses.filter((address) => !idsOf.has(address)).length,
    duplicates: all.reduce((sum, ids) => sum + ids.length - 1, 0),
    renamed: all.reduce((sum, ids) => sum + new Set(ids).size - 1, 0),
  };
}
