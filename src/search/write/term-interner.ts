/** Interns terms while a segment is written: numbers them in order of appearance. Caches the terms of each token. */
import { wordsOf } from '#core/text/terms.ts';
import { ByteBuilder } from '#search/index/array-builder.ts';
import type { IndexedField } from '#search/index/field-frequencies.ts';
import {
  authorName,
  edgeNgramLengthMax,
  edgeNgramTerm,
  type FieldPrefix,
  fieldPrefixes,
} from '#search/index/term-dictionary.ts';

/** Term IDs of a token: its stem, its words, and their edge n-grams by field. Organizations have no edge n-grams. */
export type TokenTerms = {
  readonly stem: number;
  readonly words: readonly number[];
  readonly edgeNgrams: EdgeNgrams | null;
};

type EdgeNgrams = Readonly<Record<IndexedField, readonly number[]>>;

const termsPerStep = 8192;
const ascii = /^[a-z0-9]+$/i;
const cjk = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** A term ID is the number of a term in the interner. It differs from the term's ordinal, which is its sorted index. */
export class TermInterner {
  readonly #termIds = new Map<FieldPrefix, Map<string, number>>(
    Object.values(fieldPrefixes).map((prefix) => [prefix, new Map()]),
  );
  /** By the token as written. One lookup is cheaper than one for each term. */
  readonly #tokens = { text: new Map<string, TokenTerms>(), organization: new Map<string, TokenTerms>() };
  /** By the name as written. */
  readonly #authors = new Map<string, number>();
  readonly #edgeNgrams = new Map<string, EdgeNgrams>();
  #count = 0;

  get size(): number {
    return this.#count;
  }

  /** Returns the ID of a term, which is new if the term is. */
  intern(prefix: FieldPrefix, text: string): number {
    const termIds = this.#termIds.get(prefix) as Map<string, number>;
    let termId = termIds.get(text);
    if (termId === undefined) {
      termId = this.#count++;
      termIds.set(text, termId);
    }
    return termId;
  }

  /** `raw`: the token as written. Its words must match `prefixWordsOf`, which defines prefix search. */
  internToken(kind: 'text' | 'organization', raw: string, stem: string): TokenTerms {
    const known = this.#tokens[kind].get(raw);
    if (known) return known;
    const [stemPrefix, wordPrefix] =
      kind === 'text'
        ? [fieldPrefixes.stem, fieldPrefixes.word]
        : [fieldPrefixes.organizationStem, fieldPrefixes.organizationWord];
    const isPlain = ascii.test(raw);
    const words = isPlain ? [raw.toLowerCase()] : cjk.test(raw) ? [stem] : wordsOf(raw);
    const terms = {
      stem: this.intern(stemPrefix, stem),
      words: words.map((word) => this.intern(wordPrefix, word)),
      edgeNgrams: kind === 'text' ? this.#edgeNgramsOf(words) : null,
    };
    // In other scripts, one text can fold to several terms.
    if (isPlain) this.#tokens[kind].set(raw, terms);
    return terms;
  }

  #edgeNgramsOf(words: readonly string[]): EdgeNgrams {
    const [word = '', ...others] = words;
    return others.length === 0 ? this.#edgeNgramsOfWord(word) : this.#internEdgeNgrams(words.flatMap(edgeNgramsIn));
  }

  /** Cached by the longest edge n-gram, because there are few. */
  #edgeNgramsOfWord(word: string): EdgeNgrams {
    const edgeNgrams = edgeNgramsIn(word);
    const longest = edgeNgrams.at(-1) ?? '';
    const known = this.#edgeNgrams.get(longest) ?? this.#internEdgeNgrams(edgeNgrams);
    this.#edgeNgrams.set(longest, known);
    return known;
  }

  #internEdgeNgrams(edgeNgrams: readonly string[]): EdgeNgrams {
    const inField = (field: IndexedField) =>
      edgeNgrams.map((each) => this.intern(fieldPrefixes.edgeNgram, edgeNgramTerm(each, field)));
    return { title: inField('title'), abstract: inField('abstract'), author: inField('author'), tag: inField('tag') };
  }

  internAuthor(name: string): number {
    let termId = this.#authors.get(name);
    if (termId === undefined) {
      termId = this.intern(fieldPrefixes.authorName, authorName(name) + name);
      this.#authors.set(name, termId);
    }
    return termId;
  }

  /** Sorts all terms in the order of the term dictionary, one field prefix per step. */
  *sortInSteps(): Generator<void, SortedTerms> {
    const builder = new ByteBuilder();
    const starts = new Uint32Array(this.#count + 1);
    // The first six bytes of a term, as a number, decide most comparisons.
    const sortKeys = new Float64Array(this.#count);
    const termIdsByPrefix = [...this.#termIds].sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [prefix, termIds] of termIdsByPrefix) {
      for (const [text, termId] of termIds) {
        if (termId % termsPerStep === 0) yield;
        const term = Buffer.from(prefix + text);
        starts[termId] = builder.length;
        for (let i = 0; i < 6; i++) sortKeys[termId] = (sortKeys[termId] as number) * 256 + (term[i] ?? 0);
        builder.append(term);
        builder.push(0xff);
      }
    }
    const bytes = builder.finish();
    const order = new Uint32Array(this.#count);
    let end = 0;
    for (const [, termIds] of termIdsByPrefix) {
      const group = order.subarray(end, end + termIds.size);
      group.set([...termIds.values()]);
      group.sort(
        (a, b) =>
          (sortKeys[a] as number) - (sortKeys[b] as number) ||
          compareTerms(bytes, starts[a] as number, starts[b] as number),
      );
      end += termIds.size;
      yield;
    }
    return { bytes, starts, order };
  }
}

/**
 * `starts`: start in `bytes` by term ID. A byte 0xff, which no term contains, ends each term.
 * `order`: term IDs in the order of their terms.
 */
export type SortedTerms = { readonly bytes: Uint8Array; readonly starts: Uint32Array; readonly order: Uint32Array };

function compareTerms(bytes: Uint8Array, a: number, b: number): number {
  let i = 0;
  while (bytes[a + i] === bytes[b + i] && bytes[a + i] !== 0xff) i++;
  // The shorter term comes first, because 0xff + 1 wraps to 0.
  return (((bytes[a + i] as number) + 1) & 0xff) - (((bytes[b + i] as number) + 1) & 0xff);
}

/** Returns the first letter of a word, then the first two. */
function edgeNgramsIn(word: string): string[] {
  const letters = Array.from(word).slice(0, edgeNgramLengthMax);
  return letters.map((_, i) => letters.slice(0, i + 1).join(''));
}
