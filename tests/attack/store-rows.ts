/** Attacks on the store: damage, replacement, locks, a full disk and kills. */
import { copyFileSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { type AttackRow, type Outcome, SkippedRow, type Stage } from './attack-row.ts';
import { changedStores, overwrite, refuseStart, startRefused } from './changed-stores.ts';
import { ingestMadeUp } from './made-up-papers.ts';
import { runCommand } from './run-command.ts';
import { send } from './send-request.ts';
import { subscribe, subscribersIn } from './subscribe.ts';
import { quantile } from './victim.ts';

const row = (name: string, title: string, run: AttackRow['run']): AttackRow => ({
  name: `store-${name}`,
  title,
  needsOwnInstance: true,
  run,
});

const integrityOf = (databaseFile: string): string => {
  const database = new Sqlite(databaseFile);
  try {
    return String(database.pragma('integrity_check', { simple: true }));
  } finally {
    database.close();
  }
};

const isAsked = { acknowledged: 303, unavailable: 503 };

/** Removes the file of a running server, which must not acknowledge forms that would be lost. */
async function takeAway(stage: Stage): Promise<Outcome> {
  const instance = await stage.start();
  renameSync(instance.databaseFile, `${instance.databaseFile}.away`);
  const form = await subscribe(instance, 'lost@example.org');
  const noticed = await until(async () => {
    const ready = await send(`${instance.url}/readyz`, { limitMs: 2000 }).catch(() => null);
    return ready === null || ready.status === 503;
  }, 70_000);
  return {
    passed: form !== isAsked.acknowledged && noticed !== null,
    seen: `form ${form}, /readyz said so ${noticed === null ? 'never' : `after ${(noticed / 1000).toFixed(1)} s`}`,
  };
}

/** Overwrites database pages of a running server. Reads of them must fail, and the health checks must report it. */
async function damageWhileRunning(stage: Stage): Promise<Outcome> {
  const instance = await stage.start();
  overwrite(40_960, 4_000_000)(instance.databaseFile);
  const statuses = new Set<number>();
  for (let n = 0; n < 40; n++)
    statuses.add(
      (await send(`${instance.url}/papers/made-up-${n * 151}`, { limitMs: 10_000 }).catch(() => ({ status: 0 })))
        .status,
    );
  const ready = await send(`${instance.url}/readyz`, { limitMs: 3000 }).catch(() => null);
  return {
    passed: !statuses.has(500) && ready?.status !== 200,
    seen: `papers ${[...statuses].join(', ')}; /readyz ${ready ? `${ready.status} ${ready.body.toString().slice(0, 140)}` : 'gone'}`,
  };
}

/** Another program holds the write lock. Forms must fail within seconds, and pages must not wait. */
async function lock(stage: Stage): Promise<Outcome> {
  const instance = await stage.start();
  await send(`${instance.url}/papers`);
  const other = new Sqlite(instance.databaseFile);
  other.exec('BEGIN IMMEDIATE');
  const start = performance.now();
  const times: number[] = [];
  const form = subscribe(instance, 'locked@example.org').then((status) => ({ status, ms: performance.now() - start }));
  while (performance.now() - start < 6000) {
    const page = await send(`${instance.url}/papers`).catch(() => null);
    times.push(page?.status === 200 ? page.ms : 30_000);
    await sleep(50);
  }
  const { status, ms } = await form;
  other.exec('ROLLBACK');
  other.close();
  const after = await subscribe(instance, 'unlocked@example.org');
  const p95 = quantile(times, 0.95);
  return {
    passed: status === isAsked.unavailable && ms < 5000 && p95 <= 100 && after === isAsked.acknowledged,
    seen: `form ${status} after ${(ms / 1000).toFixed(1)} s, cached page p95 ${Math.round(p95)} ms, afterwards form ${after}`,
  };
}

/** Another program locks the whole store before the start. */
async function lockBeforeStart(stage: Stage): Promise<Outcome> {
  const databaseFile = stage.copyStore();
  const other = new Sqlite(databaseFile);
  other.pragma('locking_mode = EXCLUSIVE');
  other.exec('BEGIN EXCLUSIVE');
  try {
    const { code, output } = await runCommand(['scripts/serve.mjs'], databaseFile, 30_000);
    return { passed: code === 2 && output.includes('locked'), seen: `code ${code}: ${output.trim().slice(0, 200)}` };
  } finally {
    other.close();
  }
}

/** Restores an old copy of the file next to the newer write-ahead log of a killed server. */
async function restoreWrongly(stage: Stage): Promise<Outcome> {
  const databaseFile = stage.copyStore();
  copyFileSync(databaseFile, `${databaseFile}.backup`);
  const instance = await stage.start({ databaseFile });
  // More than SQLite's automatic checkpoint threshold.
  await ingestMadeUp(databaseFile, 20_000, 'restore');
  await subscribe(instance, 'after-the-copy@example.org');
  for (const pid of [...instance.pids()].reverse()) process.kill(pid, 'SIGKILL');
  await instance.ended(5000);
  renameSync(`${databaseFile}.backup`, databaseFile);
  return startRefused(databaseFile);
}

/** Acknowledged forms must be stored, even if the server is killed at once. */
async function killAfterAcknowledgement(stage: Stage): Promise<Outcome> {
  const databaseFile = stage.copyStore();
  let [acknowledged, rounds] = [0, 0];
  for (; rounds < 4; rounds++) {
    const instance = await stage.start({ databaseFile });
    const statuses = await Promise.all(
      Array.from({ length: 4 }, (_, n) => subscribe(instance, `kept${rounds}x${n}@example.org`)),
    );
    acknowledged += statuses.filter((status) => status === isAsked.acknowledged).length;
    for (const pid of [...instance.pids()].reverse()) process.kill(pid, 'SIGKILL');
    await instance.ended(5000);
  }
  const found = subscribersIn(databaseFile).filter((address) => address.startsWith('kept')).length;
  const integrity = integrityOf(databaseFile);
  return {
    passed: acknowledged === rounds * 4 && found === acknowledged && integrity === 'ok',
    seen: `${acknowledged} acknowledged, ${found} stored, integrity ${integrity}`,
  };
}

/** An ingest that is killed repeatedly and then completes must leave a complete store. */
async function killIngest(stage: Stage): Promise<Outcome> {
  const databaseFile = stage.copyStore();
  const file = join(dirname(databaseFile), 'more.jsonl');
  writeFileSync(
    file,
    Array.from(
      { length: 8000 },
      (_, n) =>
        `${JSON.stringify({ id: `kill-${n}`, title: `A paper of number ${n}`, abstract: 'x '.repeat(90), authors: ['A B'] })}\n`,
    ).join(''),
  );
  const args = ['scripts/cli.mjs', 'ingest', 'jsonl', file];
  for (const afterMs of [500, 900, 1300, 1700]) {
    await runCommand(args, databaseFile, afterMs, 'SIGKILL');
    freeLease(databaseFile);
  }
  const { code, output } = await runCommand(args, databaseFile, 120_000);
  const database = new Sqlite(databaseFile, { readonly: true });
  const count = Number(database.prepare("SELECT count(*) FROM Paper WHERE id LIKE 'kill-%'").pluck().get());
  database.close();
  const integrity = integrityOf(databaseFile);
  return {
    passed: code === 0 && count === 8000 && integrity === 'ok',
    seen: `code ${code}, ${count} of 8,000 papers, integrity ${integrity}${code === 0 ? '' : `: ${output.slice(-150)}`}`,
  };
}

/** Deletes the lease of a killed process, which would expire after 30 seconds. */
function freeLease(databaseFile: string): void {
  const database = new Sqlite(databaseFile);
  database.exec('DELETE FROM Lease');
  database.close();
}

/** A disk fills up during an ingest. Acknowledged papers must be stored, and the command must print the reason. */
async function fillDisk(stage: Stage): Promise<Outcome> {
  const source = stage.copyStore();
  const folder = join(dirname(source), 'small');
  mkdirSync(folder);
  const mounted = await runCommand(
    [
      '-e',
      `require('node:child_process').execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=70m', 'none', ${JSON.stringify(folder)}])`,
    ],
    source,
    5000,
  );
  if (mounted.code !== 0) throw new SkippedRow('mounting a small disk needs the right to mount');
  try {
    const databaseFile = join(folder, 'digest.db');
    copyFileSync(source, databaseFile);
    const code = await ingestMadeUp(databaseFile, 20_000, 'disk');
    const integrity = integrityOf(databaseFile);
    return { passed: code !== 0 && integrity === 'ok', seen: `ingest ended with code ${code}, integrity ${integrity}` };
  } finally {
    await runCommand(
      ['-e', `require('node:child_process').execFileSync('umount', [${JSON.stringify(folder)}])`],
      source,
      5000,
    );
  }
}

async function diagnose(stage: Stage): Promise<Outcome> {
  const databaseFile = stage.copyStore();
  overwrite(40_960, 400_000)(databaseFile);
  const { code, output } = await runCommand(['scripts/cli.mjs', 'doctor'], databaseFile, 60_000);
  const lines = output
    .trim()
    .split('\n')
    .filter((line) => /^(?:ok|BAD)/.test(line));
  return {
    passed: code === 1 && lines.length >= 4,
    seen: `code ${code}, ${lines.length} checks: ${lines.find((line) => line.startsWith('BAD'))?.slice(0, 160)}`,
  };
}

async function until(isSo: () => Promise<boolean>, limitMs: number): Promise<number | null> {
  const start = performance.now();
  for (; performance.now() - start < limitMs; await sleep(250)) if (await isSo()) return performance.now() - start;
  return null;
}

export const storeRows: readonly AttackRow[] = [
  ...changedStores.map(([name, title, change]) =>
    row(name, `starts on ${title}`, (stage) => refuseStart(stage, change)),
  ),
  row('taken-away', 'the file is moved away while the server runs', takeAway),
  row('damaged-running', '1,000 pages of garbage while the server runs', damageWhileRunning),
  row('locked', 'another program holds the write lock', lock),
  row('locked-start', 'starts on a store that another program has locked', lockBeforeStart),
  row('restored-wrongly', 'starts on an old copy beside a newer log', restoreWrongly),
  row('killed-forms', 'killed after each acknowledgement', killAfterAcknowledgement),
  row('killed-ingest', 'an ingest is killed four times', killIngest),
  row('full-disk', 'the disk fills up in an ingest', fillDisk),
  row('doctor', 'doctor looks at a damaged store', diagnose),
];
