/** Collects a run's rejections. Stores the first thousand and counts the rest, to bound memory. */
import type { Rejection } from '#core/ports/ingest.ts';

export const rejectionsStoredMax = 1_000;
const titleCharsMax = 200;
const reasonCharsMax = 500;

/** From this many items on, a rejected share above the limit means that the file has another format. */
const judgedFromItems = 10_000;
const rejectedShareMax = 0.1;

/** Too many of a file's items are rejected. Records stored before it is thrown stay. */
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

/** Throws `MostlyRejected` if too many of the `items` read so far are rejected. Quotes the last rejection. */
export function refuseMostlyRejected(rejected: number, items: number, { where, reason }: Rejection): void {
  if (items < judgedFromItems || rejected <= items * rejectedShareMax) return;
  throw new MostlyRejected(
    `${rejected.toLocaleString('en')} of the first ${items.toLocaleString('en')} entries cannot be taken, such as ${where}: ${reason}. ` +
      'More than a tenth means that the file is damaged or of another kind; mend it and run the command again.',
  );
}
