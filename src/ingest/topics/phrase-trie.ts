/** A trie of all topic phrases over word numbers, with the word-to-number mapping. */
import type { Topic } from './index.ts';
import { isExact, normalWord } from './normal-word.ts';
import { type Span, WordNumbers } from './word-numbers.ts';

/** The score that a phrase adds to a topic. An exclusion adds 0 and hides the topic's other phrases within it. */
export type Entry = { readonly topic: number; readonly weight: number };
export type TrieNode = { readonly next: Map<number, TrieNode>; readonly entries: Entry[] };

export const weights = { phrases: 2, hints: 1, exclusions: 0 } as const;

/** Longer words are rare and seldom repeat. */
const cachedWordCharsMax = 40;
const createNode = (): TrieNode => ({ next: new Map(), entries: [] });

export class PhraseTrie {
  readonly root = createNode();
  readonly #numbers = new Map<string, number>();
  /** Numbers of the words of papers as written. Most words repeat. */
  readonly #cache = new WordNumbers();

  constructor(topics: readonly Topic[]) {
    for (const [topic, { phrases, hints = [], exclusions = [] }] of topics.entries()) {
      for (const phrase of phrases) this.#add(phrase, { topic, weight: weights.phrases });
      for (const phrase of hints) this.#add(phrase, { topic, weight: weights.hints });
      for (const phrase of exclusions) this.#add(phrase, { topic, weight: weights.exclusions });
    }
  }

  /** Returns the number of a paper's word as written; 0 if no phrase contains it. */
  numberOf(span: Span): number {
    return this.#cache.get(span) ?? this.#addToCache(span);
  }

  #addToCache(span: Span): number {
    const word = span.text.slice(span.start, span.end);
    const number = this.#lookUp(word);
    // Copy the word. V8 represents a long slice as a view, which would retain the whole text.
    if (word.length <= cachedWordCharsMax) this.#cache.set(word.split('').join(''), span.hash, number);
    return number;
  }

  #lookUp(word: string): number {
    const exact = isExact(word) ? (this.#numbers.get(word) ?? this.#numbers.get(word.replace(/s$/, ''))) : undefined;
    return exact ?? this.#numbers.get(normalWord(word)) ?? 0;
  }

  #add(phrase: string, entry: Entry): void {
    for (const words of spellings(phrase)) {
      let node = this.root;
      for (const word of words) {
        const number = this.#assignNumber(isExact(word) ? word : normalWord(word));
        const next = node.next.get(number) ?? createNode();
        node.next.set(number, next);
        node = next;
      }
      node.entries.push(entry);
    }
  }

  #assignNumber(word: string): number {
    const number = this.#numbers.get(word) ?? this.#numbers.size + 1;
    this.#numbers.set(word, number);
    return number;
  }
}

/** Returns a phrase's spellings as words: `pre-training data` → `pre training data`, `pretraining data`. */
export function spellings(phrase: string): string[][] {
  const [first = '', ...rest] = phrase.split(/(?=[ -])/);
  return rest.reduce(
    (known, part) => {
      const word = part.slice(1);
      const open = known.map((words) => [...words, word]);
      const closed = known.map((words) => [...words.slice(0, -1), `${words.at(-1)}${word}`]);
      return part.startsWith('-') ? [...open, ...closed] : open;
    },
    [[first]],
  );
}
