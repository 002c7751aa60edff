/** The keys a segment is being built with, numbered as they come, and what each token stands for. */
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

/** Numbers of a token's stem, of its surface words, and of their beginnings by field (those of organisations have none). */
export type TokenTerms = {
  readonly stem: number;
  readonly words: readonly number[];
  readonly edgeNgrams: EdgeNgrams | null;
};

type EdgeNgrams = Readonly<Record<IndexedField, readonly number[]>>;

const keysPerStep = 8192;
const ascii = /^[a-z0-9]+$/i;
const cjk = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

export class TermInterner {
  readonly #numbers = new Map<FieldPrefix, Map<string, number>>(
    Object.values(fieldPrefixes).map((kind) => [kind, new Map()]),
  );
  /** By the token as it is written: texts repeat themselves, and one look-up is cheaper than three. */
  readonly #tokens = { text: new Map<string, TokenTerms>(), organization: new Map<string, TokenTerms>() };
  /** By the name as it is written. */
  readonly #authors = new Map<string, number>();
  readonly #edgeNgrams = new Map<string, EdgeNgrams>();
  #count = 0;

  get size(): number {
    return this.#count;
  }

  of(kind: FieldPrefix, text: string): number {
    const numbers = this.#numbers.get(kind) as Map<string, number>;
    let number = numbers.get(text);
    if (number === undefined) {
      number = this.#count++;
      numbers.set(text, number);
    }
    return number;
  }

  /** `raw` is the text a term was read from. Its words are those of `prefixWordsOf`, which says what a prefix means. */
  ofToken(where: 'text' | 'organization', raw: string, term: string): TokenTerms {
    const known = this.#tokens[where].get(raw);
    if (known) return known;
    const [stemKind, wordKind] =
      where === 'text'
        ? [fieldPrefixes.stem, fieldPrefixes.word]
        : [fieldPrefixes.organizationStem, fieldPrefixes.organizationWord];
    const isPlain = ascii.test(raw);
    const words = isPlain ? [raw.toLowerCase()] : cjk.test(raw) ? [term] : wordsOf(raw);
    const keys = {
      stem: this.of(stemKind, term),
      words: words.map((word) => this.of(wordKind, word)),
      edgeNgrams: where === 'text' ? this.#edgeNgramsOf(words) : null,
    };
    // Other scripts may fold one text to several terms.
    if (isPlain) this.#tokens[where].set(raw, keys);
    return keys;
  }

  #edgeNgramsOf(words: readonly string[]): EdgeNgrams {
    const [word = '', ...others] = words;
    return others.length === 0 ? this.#edgeNgramsOfWord(word) : this.#internEdgeNgrams(words.flatMap(beginningsOf));
  }

  /** There are few different ones, so they are kept by the longest. */
  #edgeNgramsOfWord(word: string): EdgeNgrams {
    const letters = beginningsOf(word);
    const longest = letters.at(-1) ?? '';
    const known = this.#edgeNgrams.get(longest) ?? this.#internEdgeNgrams(letters);
    this.#edgeNgrams.set(longest, known);
    return known;
  }

  #internEdgeNgrams(letters: readonly string[]): EdgeNgrams {
    const inField = (field: IndexedField) =>
      letters.map((each) => this.of(fieldPrefixes.edgeNgram, edgeNgramTerm(each, field)));
    return { title: inField('title'), abstract: inField('abstract'), author: inField('author'), tag: inField('tag') };
  }

  ofAuthor(name: string): number {
    let number = this.#authors.get(name);
    if (number === undefined) {
      number = this.of(fieldPrefixes.authorName, authorName(name) + name);
      this.#authors.set(name, number);
    }
    return number;
  }

  /** Every key as bytes, in the order of the vocabulary: one kind of keys after the other. */
  *sortInSteps(): Generator<void, SortedTerms> {
    const bytes = new ByteBuilder();
    const starts = new Uint32Array(this.#count + 1);
    // The first six bytes of a key as a number decide most comparisons.
    const beginnings = new Float64Array(this.#count);
    const kinds = [...this.#numbers].sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [kind, numbers] of kinds) {
      for (const [text, number] of numbers) {
        if (number % keysPerStep === 0) yield;
        const key = Buffer.from(kind + text);
        starts[number] = bytes.length;
        for (let i = 0; i < 6; i++) beginnings[number] = (beginnings[number] as number) * 256 + (key[i] ?? 0);
        bytes.append(key);
        bytes.push(0xff);
      }
    }
    const source = bytes.finish();
    const order = new Uint32Array(this.#count);
    let end = 0;
    for (const [, numbers] of kinds) {
      const ofKind = order.subarray(end, end + numbers.size);
      ofKind.set([...numbers.values()]);
      ofKind.sort(
        (a, b) =>
          (beginnings[a] as number) - (beginnings[b] as number) ||
          compareAt(source, starts[a] as number, starts[b] as number),
      );
      end += numbers.size;
      yield;
    }
    return { source, starts, order };
  }
}

/** Keys by number from `starts` up to a byte of 0xff, which no key has; `order` has the numbers in the order of the keys. */
export type SortedTerms = { readonly source: Uint8Array; readonly starts: Uint32Array; readonly order: Uint32Array };

function compareAt(source: Uint8Array, a: number, b: number): number {
  let i = 0;
  while (source[a + i] === source[b + i] && source[a + i] !== 0xff) i++;
  // The shorter key comes first.
  return (((source[a + i] as number) + 1) & 0xff) - (((source[b + i] as number) + 1) & 0xff);
}

function beginningsOf(word: string): string[] {
  const letters = Array.from(word).slice(0, edgeNgramLengthMax);
  return letters.map((_, i) => letters.slice(0, i + 1).join(''));
}
