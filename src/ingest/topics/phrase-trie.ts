/** All phrases of the vocabulary as one trie of word numbers, and the numbers of the words. */
import type { Topic } from './index.ts';
import { isExact, normalWord } from './normal-word.ts';
import { type Span, WordNumbers } from './word-numbers.ts';

/** What a phrase says of a topic; an exclusion says nothing, but no other phrase of the topic is found within it. */
export type Entry = { readonly topic: number; readonly weight: number };
export type TrieNode = { readonly next: Map<number, TrieNode>; readonly entries: Entry[] };

export const weights = { phrases: 2, hints: 1, exclusions: 0 } as const;

/** Longer ones are rare, and seldom come again. */
const wordCharsKeptMax = 40;
const createNode = (): TrieNode => ({ next: new Map(), entries: [] });

export class PhraseTrie {
  readonly root = createNode();
  readonly #numbers = new Map<string, number>();
  /** Words of papers as they are written; most come again. */
  readonly #known = new WordNumbers();

  constructor(topics: readonly Topic[]) {
    for (const [topic, { phrases, hints = [], exclusions = [] }] of topics.entries()) {
      for (const phrase of phrases) this.#add(phrase, { topic, weight: weights.phrases });
      for (const phrase of hints) this.#add(phrase, { topic, weight: weights.hints });
      for (const phrase of exclusions) this.#add(phrase, { topic, weight: weights.exclusions });
    }
  }

  /** The number of a word as it is written in a paper; 0 when no phrase has it. */
  numberOf(span: Span): number {
    return this.#known.get(span) ?? this.#keep(span);
  }

  #keep(span: Span): number {
    const word = span.text.slice(span.start, span.end);
    const number = this.#lookUp(word);
    // As a copy: the engine keeps a long piece of a text as a view of it, and with it the text.
    if (word.length <= wordCharsKeptMax) this.#known.set(word.split('').join(''), span.hash, number);
    return number;
  }

  #lookUp(word: string): number {
    const written = isExact(word) ? (this.#numbers.get(word) ?? this.#numbers.get(word.replace(/s$/, ''))) : undefined;
    return written ?? this.#numbers.get(normalWord(word)) ?? 0;
  }

  #add(phrase: string, entry: Entry): void {
    for (const words of spellings(phrase)) {
      let node = this.root;
      for (const word of words) {
        const number = this.#number(isExact(word) ? word : normalWord(word));
        const next = node.next.get(number) ?? createNode();
        node.next.set(number, next);
        node = next;
      }
      node.entries.push(entry);
    }
  }

  #number(word: string): number {
    const number = this.#numbers.get(word) ?? this.#numbers.size + 1;
    this.#numbers.set(word, number);
    return number;
  }
}

/** The words of a phrase in every spelling it stands for: `pre-training data` is `pre training data` and `pretraining data`. */
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
