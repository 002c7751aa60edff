/** What a row of the attack table is: a name to ask for it, what is done, and what was seen. */
import type { Instance } from './instance.ts';

export type Outcome = {
  readonly passed: boolean;
  /** One line for the table. */
  readonly seen: string;
  /** The same as numbers, where there are some. */
  readonly figures?: Readonly<Record<string, number>>;
};

/** `skipped`: a program or a right is missing on this machine, which the text names. */
export type RowResult = { readonly name: string; readonly title: string } & (Outcome | { readonly skipped: string });

/** Where a row runs: a folder for its files, and the instance that all rows share. */
export type Stage = {
  /** The instance under attack, with its papers loaded. */
  readonly instance: Instance;
  /** Starts another one, on a copy of the same papers unless `databaseFile` is given. It ends with the row. */
  start(options?: StartOptions): Promise<Instance>;
  /** A copy of the filled store in a folder of its own. */
  copyStore(): string;
  /** How often a figure is measured; the median counts. */
  readonly runs: number;
};

export type StartOptions = {
  readonly databaseFile?: string;
  readonly settings?: Readonly<Record<string, string>>;
  /** Shell code before the server starts, such as `ulimit -n 64`. */
  readonly before?: string;
  /** Shell redirections of the server's output. */
  readonly redirect?: string;
};

export type AttackRow = {
  readonly name: string;
  readonly title: string;
  /** A row that needs settings or files of its own cannot attack a server that somebody else started. */
  readonly needsOwnInstance: boolean;
  run(stage: Stage): Promise<Outcome>;
};

/** Thrown by a row that cannot run here. */
export class SkippedRow extends Error {
  override readonly name = 'SkippedRow';
}
