/** The topics of a paper, from the words of its title and abstract. */
import type { Tag } from '#core/paper';
import { topics } from './topics/index.ts';
import { type Entry, PhraseTrie, weights } from './topics/phrase-trie.ts';

const topicsMax = 6;
const wordsMax = 4;
const titleFactor = 3;
/** A phrase once, or a hint in the title, or two hints in the abstract. */
const scoreMin = weights.phrases;

const word = /[\p{L}\p{N}\p{M}]+/gu;
/** What may stand between two words of one phrase. */
const joint = /^[\s\p{Pd}_/'’]*$/u;

type Words = { readonly numbers: number[]; readonly starts: number[]; readonly ends: number[] };
type Found = { score: number; until: number; readonly words: Map<string, string> };

const trie = new PhraseTrie(topics);

/** Strongest first, at most six; each with the words that earned it as they are written, at most four. */
export function tagPaper(paper: { readonly title: string; readonly abstract: string }): readonly Tag[] {
  const found = new Map<number, Found>();
  search(paper.title, titleFactor, found);
  for (const one of found.values()) one.until = 0;
  search(paper.abstract, 1, found);
  return [...found]
    .filter(([, { score }]) => score >= scoreMin)
    .sort(([a, one], [b, other]) => other.score - one.score || a - b)
    .slice(0, topicsMax)
    .flatMap(([number, { words }]) => {
      const topic = topics[number];
      return topic ? [{ kind: 'topic' as const, slug: topic.slug, label: topic.label, words: [...words.values()].slice(0, wordsMax) }] : [];
    });
}

/** Of each topic's phrases the leftmost and there the longest counts, as in a regular expression; the next begins after it. */
function search(text: string, factor: number, found: Map<number, Found>): void {
  const words = readWords(text);
  for (let at = 0; at < words.numbers.length; at++) {
    const ends = phrasesFrom(words.numbers, at);
    for (let last = ends.length - 1; last >= 0; last--) {
      for (const entry of ends[last]?.entries ?? []) {
        const end = ends[last]?.end ?? at;
        const one = found.get(entry.topic) ?? { score: 0, until: 0, words: new Map() };
        if (one.until > at) continue;
        found.set(entry.topic, one);
        one.until = end;
        if (entry.weight === 0) continue;
        one.score += entry.weight * factor;
        const surface = text.slice(words.starts[at], words.ends[end - 1]).replace(/\s+/g, ' ');
        const key = surface.toLowerCase();
        if (!one.words.has(key)) one.words.set(key, surface);
      }
    }
  }
}

/** The phrases that begin with the word at `at`, shortest first. */
function phrasesFrom(numbers: readonly number[], at: number): { entries: readonly Entry[]; end: number }[] {
  const ends: { entries: readonly Entry[]; end: number }[] = [];
  let node = trie.root.next.get(numbers[at] ?? 0);
  for (let end = at + 1; node; end++) {
    if (node.entries.length > 0) ends.push({ entries: node.entries, end });
    node = node.next.get(numbers[end] ?? 0);
  }
  return ends;
}

/** The numbers of the words, with 0 where punctuation parts them. */
function readWords(text: string): Words {
  const words: Words = { numbers: [], starts: [], ends: [] };
  let before = 0;
  for (const { 0: raw, index } of text.matchAll(word)) {
    if (!joint.test(text.slice(before, index))) push(words, 0, before, before);
    before = index + raw.length;
    push(words, trie.numberOf(raw), index, before);
  }
  return words;
}

function push({ numbers, starts, ends }: Words, number: number, start: number, end: number): void {
  numbers.push(number);
  starts.push(start);
  ends.push(end);
}
