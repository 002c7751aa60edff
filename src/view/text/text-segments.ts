/** Splits text into plain parts, highlights and formulas. No segment contains HTML from a source. */
import { createLruCache } from '#core/lru-cache.ts';
import { type Token, tokenize } from '#core/text/terms.ts';
import { findMarks, type MarkTerm, type Span } from './highlights.ts';
import { toMathml } from './mathml.ts';
import { toReadableParts } from './readable-text.ts';

export type Segment =
  | { readonly kind: 'text'; readonly text: string }
  /** A highlight: text that matches the search. */
  | { readonly kind: 'mark'; readonly text: string }
  /** KaTeX's MathML for a TeX formula; `text` is the TeX source with delimiters. */
  | { readonly kind: 'math'; readonly mathml: string; readonly text: string };

/** A parsed text. Most texts are shown repeatedly, with different highlights. */
type Prepared = { readonly segments: readonly Segment[]; readonly plain: string; tokens: readonly Token[] | null };

const preparedMax = 600;
/** Longer texts are rare and not cached. */
const cachedCharsMax = 8_000;
const prepared = createLruCache<Prepared>({ isOver: ({ count }) => count > preparedMax });

/**
 * The joined texts of the segments equal `toReadableText(text)`. A highlight ends before a formula. Takes time linear
 * in the text and caches the last texts.
 */
export function toSegments(text: string, marks: readonly MarkTerm[] = []): readonly Segment[] {
  const known = prepare(text);
  const spans = spansIn(known, marks);
  return spans.length === 0 ? known.segments : cutAt(known.segments, spans);
}

/** Whether `toSegments` would return a highlight. */
export function isMarked(text: string, marks: readonly MarkTerm[]): boolean {
  return spansIn(prepare(text), marks).length > 0;
}

function spansIn(known: Prepared, marks: readonly MarkTerm[]): readonly Span[] {
  if (marks.length === 0) return [];
  known.tokens ??= tokenize(known.plain);
  return findMarks(known.plain, known.tokens, marks);
}

/** Returns the text without markup; formulas as TeX source. */
export function toPlainText(segments: readonly Segment[]): string {
  return segments.map((segment) => segment.text).join('');
}

function prepare(text: string): Prepared {
  const known = prepared.get(text);
  if (known) return known;
  const segments = read(text);
  const fresh: Prepared = { segments, plain: toPlainText(segments), tokens: null };
  if (text.length <= cachedCharsMax) prepared.set(text, fresh);
  return fresh;
}

function read(text: string): readonly Segment[] {
  const segments: Segment[] = [];
  for (const part of toReadableParts(text)) {
    const mathml = part.kind === 'formula' ? toMathml(part.tex, part.display) : null;
    const last = segments.at(-1);
    if (mathml !== null) segments.push({ kind: 'math', mathml, text: part.text });
    else if (last?.kind === 'text') segments[segments.length - 1] = { kind: 'text', text: last.text + part.text };
    else segments.push({ kind: 'text', text: part.text });
  }
  return segments;
}

function cutAt(segments: readonly Segment[], spans: readonly Span[]): readonly Segment[] {
  const cut: Segment[] = [];
  let start = 0;
  let next = 0;
  for (const segment of segments) {
    const end = start + segment.text.length;
    while ((spans[next]?.end ?? end) <= start) next += 1;
    if (segment.kind === 'text') cut.push(...cutText(segment.text, start, spans, next));
    else cut.push(segment);
    start = end;
  }
  return cut;
}

/** Cuts a plain segment at highlights. It begins at `offset` of the whole text; `first` is the first relevant span. */
function cutText(text: string, offset: number, spans: readonly Span[], first: number): Segment[] {
  const cut: Segment[] = [];
  let done = 0;
  for (let i = first; i < spans.length; i++) {
    const span = spans[i];
    if (!span || span.start >= offset + text.length) break;
    const start = Math.max(0, span.start - offset);
    const end = Math.min(text.length, span.end - offset);
    if (start > done) cut.push({ kind: 'text', text: text.slice(done, start) });
    if (end > start) cut.push({ kind: 'mark', text: text.slice(start, end) });
    done = Math.max(done, end);
  }
  if (done < text.length) cut.push({ kind: 'text', text: text.slice(done) });
  return cut;
}
