/** What a source is: it reads somebody else's papers and says them in our words, one record or one rejection at a time. */
import type { Rejection } from '#core/ports/ingest.ts';
import type { PaperRecordInput } from '#core/record.ts';

export type { Rejection };

/** One step of a source: a record, a rejection, or progress in bytes or items when the total is known. */
export type SourceEvent =
  | { readonly kind: 'record'; readonly record: PaperRecordInput; readonly where: string }
  | { readonly kind: 'rejected'; readonly rejection: Rejection }
  | {
      readonly kind: 'progress';
      readonly done: number;
      readonly total: number | null;
      readonly unit: 'bytes' | 'items' | 'days';
    };

/** What a file-like source is given. */
export type SourceInput = {
  readonly bytes: AsyncIterable<Uint8Array>;
  /** The file's name, `-` for standard input: a listing's year may stand in it. */
  readonly name: string;
  /** Size in bytes when known. */
  readonly size: number | null;
  /** Now, ISO 8601 in UTC: becomes `fetchedAt`. */
  readonly now: string;
};

/** A source whose whole input is refused (no listing at all, binary, too large): nothing was stored. */
export class SourceRefused extends Error {
  override readonly name = 'SourceRefused';
}

/**
 * A source over bytes.
 * `read` yields events in input order and throws `SourceRefused` before its first record when the input as a whole is not its kind.
 */
export type FileSource<Options> = {
  readonly name: string;
  read(input: SourceInput, options: Options): AsyncIterable<SourceEvent>;
};

export function defineFileSource<Options>(source: FileSource<Options>): FileSource<Options> {
  return source;
}
