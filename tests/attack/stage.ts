/** The environment of all rows: a filled store, the shared instance, and instances that a row starts. */
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Stage } from './attack-row.ts';
import { type Instance, startInstance } from './instance.ts';
import { ingestMadeUp, runIngest } from './made-up-papers.ts';

const papersCount = 6141;

type Options = {
  readonly folder: string;
  readonly runs: number;
  readonly papers: string | null;
  readonly instance: Instance | null;
};

export async function openStage({ folder, runs, papers, instance }: Options) {
  const filled = join(folder, 'filled', 'digest.db');
  if (!instance) await fill(filled, papers);
  const shared = instance ?? (await startInstance({ databaseFile: copyTo(join(folder, 'shared')) }));
  let ofRow: Instance[] = [];
  let copies = 0;

  /** After a clean stop, the main file contains all of the write-ahead log. */
  function copyTo(target: string): string {
    mkdirSync(target, { recursive: true });
    for (const ending of ['', '.id'])
      if (existsSync(filled + ending)) copyFileSync(filled + ending, join(target, `digest.db${ending}`));
    return join(target, 'digest.db');
  }

  const stage: Stage = {
    instance: shared,
    runs,
    copyStore: () => copyTo(join(folder, `copy-${++copies}`)),
    async start(options = {}) {
      const started = await startInstance({ ...options, databaseFile: options.databaseFile ?? stage.copyStore() });
      ofRow.push(started);
      return started;
    },
  };
  return {
    ...stage,
    /** Stops what the row started. */
    async endRow(): Promise<void> {
      await Promise.all(ofRow.map((each) => each.stop()));
      ofRow = [];
    },
    close: () => shared.stop(),
  };
}

/** Starts and stops a server, which leaves a migrated, filled and cleanly closed store. */
async function fill(databaseFile: string, papers: string | null): Promise<void> {
  mkdirSync(join(databaseFile, '..'), { recursive: true });
  const instance = await startInstance({ databaseFile });
  const code =
    papers === null ? await ingestMadeUp(databaseFile, papersCount, 'made-up') : await runIngest(databaseFile, papers);
  await instance.stop();
  if (code === 2) throw new Error('The store could not be filled.');
}
