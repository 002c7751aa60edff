/** Parses JSON Lines, plain or gzip: the format of docs/jsonl.md and the field names of common bulk datasets. */

import { cleanText } from '#core/text/clean-text.ts';
import { explainIssue } from '#ingest/explain-issue.ts';
import { defineFileSource, type SourceEvent, type SourceInput, SourceRefused } from '#ingest/source.ts';
import { readLines } from '#ingest/sources/read-lines.ts';
import { toJsonlRecord } from './jsonl-record.ts';
import { JsonlPaperSchema } from './jsonl-schema.ts';

const lineBytesMax = 5_000_000;

export const jsonl = defineFileSource<Record<string, never>>({
  name: 'jsonl',
  async *read(input: SourceInput): AsyncGenerator<SourceEvent> {
    const decoder = new TextDecoder('utf-8', { fatal: true });
    let first = true;
    for await (const line of readLines(input.bytes, lineBytesMax)) {
      if (line.kind === 'chunk') yield { kind: 'progress', done: line.read, total: input.size, unit: 'bytes' };
      else if (line.kind === 'too-long') yield rejected(line.number, 'the line is longer than 5 MB');
      else {
        const text = decode(decoder, line.bytes)?.trim();
        if (first && text !== '') rejectOtherFormats(text);
        if (text !== '') first = false;
        if (text === undefined) yield rejected(line.number, 'the line is not UTF-8 text');
        else if (text !== '') yield readPaper(text, line.number, input.now);
      }
    }
  },
});

function decode(decoder: TextDecoder, bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined; // the caller rejects the line
  }
}

/** Throws if the first line shows that the file has another format. */
function rejectOtherFormats(text: string | undefined): void {
  if (text === undefined || text.includes('\0'))
    throw new SourceRefused('This is not a text file; JSON Lines in UTF-8 are expected.');
  if (text.startsWith('[')) {
    throw new SourceRefused('This is one JSON array; one object a line is expected (jq -c ".[]" makes it so).');
  }
}

function readPaper(text: string, number: number, now: string): SourceEvent {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return rejected(number, 'the line is not JSON', text.slice(0, 80));
  }
  const parsed = JsonlPaperSchema.safeParse(value);
  if (!parsed.success) return rejected(number, explainIssue(parsed.error), titleOf(value));
  const record = toJsonlRecord(parsed.data, now);
  if (typeof record === 'string') return rejected(number, record, titleOf(value));
  return { kind: 'record', record, where: `line ${number}` };
}

function titleOf(value: unknown): string | undefined {
  const title = typeof value === 'object' && value !== null && 'title' in value ? value.title : undefined;
  return typeof title === 'string' ? cleanText(title.slice(0, 200)) : undefined;
}

function rejected(number: number, reason: string, title?: string): SourceEvent {
  return { kind: 'rejected', rejection: { where: `line ${number}`, reason, ...(title ? { title } : {}) } };
}
