/** Defines file sources: they parse a foreign format and yield records and rejections. */
import type { Rejection } from '#core/ports/ingest.ts';
import type { PaperRecordInput } from '#core/record.ts';

export type { Rejection };

/** An event of a source. `where` locates the record in the input; `total` is null if unknown. */
export type SourceEvent =
  | { readonly kind: 'record'; readonly record: PaperRecordInput; readonly where: string }
  | { readonly kind: 'rejected'; readonly rejection: Rejection }
  | {
      readonly kind: 'progress';
      readonly done: number;
      readonly total: number | null;
      readonly unit: 'bytes' | 'items' | 'days';
    };

export type SourceInput = {
  readonly bytes: AsyncIterable<Uint8Array>;
  /** File name, `-` for standard input. May contain a listing's year. */
  readonly name: string;
  /** In bytes; null if unknown. */
  readonly size: number | null;
  /** Current time, ISO 8601 in UTC. Becomes `fetchedAt`. */
  readonly now: string;
};

/** The whole input is rejected: another format, binary, or too large. Nothing was stored. */
export class SourceRefused extends Error {
  override readonly name = 'SourceRefused';
}

/**
 * A source that parses bytes. `read` yields events in input order.
 * It throws `SourceRefused` before the first record if the input has another format.
 */
export type FileSource<Options> = {
  readonly name: string;
  read(input: SourceInput, options: Options): AsyncIterable<SourceEvent>;
};

export function defineFileSource<Options>(source: FileSource<Options>): FileSource<Options> {
  return source;
}
