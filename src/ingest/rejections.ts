/** The rejections of a run: the first are kept, the others counted, so that no input decides how much memory they take. */
import type { Rejection } from '#core/ports/ingest.ts';

export const rejectionsStoredMax = 1_000;
const titleCharsMax = 200;
const reasonCharsMax = 500;

/** From this many items on, an input of which more than a tenth is rejected is not what it was taken for. */
const judgedFromItems = 10_000;
const rejectedShareMax = 0.1;

/** More of a file is rejected than a damaged file explains; what was stored before stays. */
export class MostlyRejected extends Error {
  override readonly name = 'MostlyRejected';
}

export class Rejections {
  readonly #kept: Rejection[] = [];
  #count = 0;

  get kept(): readonly Rejection[] {
    return [...this.#kept];
  }

  get count(): number {
    return this.#count;
  }

  add({ where, title, reason }: Rejection): void {
    this.#count += 1;
    if (this.#kept.length >= rejectionsStoredMax) return;
    this.#kept.push({
      where: where.slice(0, titleCharsMax),
      reason: reason.slice(0, reasonCharsMax),
      ...(title ? { title: title.slice(0, titleCharsMax) } : {}),
    });
  }
}

/** Throws `MostlyRejected` when so many of the `items` that were read so far are rejected, the last of them for this reason. */
export function refuseMostlyRejected(rejected: number, items: number, { where, reason }: Rejection): void {
  if (items < judgedFromItems || rejected <= items * rejectedShareMax) return;
  throw new MostlyRejected(
    `${rejected.toLocaleString('en')} of the first ${items.toLocaleString('en')} entries cannot be taken, such as ${where}: ${reason}. ` +
      'More than a tenth means that the file is damaged or of another kind; mend it and run the command again.',
  );
}
