/** A row of the attack table: its name, its action and its outcome. */
import type { Instance } from './instance.ts';

export type Outcome = {
  readonly passed: boolean;
  /** One line for the table. */
  readonly seen: string;
  /** The outcome in numbers, if there are any. */
  readonly figures?: Readonly<Record<string, number>>;
};

/** `skipped`: this machine lacks a program or a permission, which the text names. */
export type RowResult = { readonly name: string; readonly title: string } & (Outcome | { readonly skipped: string });

/** The environment of a row: a folder for its files, and the instance that all rows share. */
export type Stage = {
  /** The instance under attack, with its papers loaded. */
  readonly instance: Instance;
  /** Starts another instance, with a copy of the papers unless `databaseFile` is given. It stops with the row. */
  start(options?: StartOptions): Promise<Instance>;
  /** A copy of the filled store in a folder of its own. */
  copyStore(): string;
  /** Number of measurements of a figure. The median counts. */
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
  /** The row needs its own settings or files, so it cannot attack a server that is given by `--url`. */
  readonly needsOwnInstance: boolean;
  run(stage: Stage): Promise<Outcome>;
};

/** Thrown by a row that cannot run on this machine. */
export class SkippedRow extends Error {
  override readonly name = 'SkippedRow';
}
