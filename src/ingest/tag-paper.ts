/** The topics of a paper, from the words of its title and abstract. */
import type { Tag } from '#core/paper';
import { topics } from './topics/index.ts';
import { PhraseTrie, type TrieNode, weights } from './topics/phrase-trie.ts';

const topicsMax = 6;
const wordsMax = 4;
const titleFactor = 3;
/** A phrase once, or a hint in the title, or two hints in the abstract … */
const scoreMin = weights.phrases;
/** … and not much less than the strongest topic has, so that what is mentioned in passing is no topic. */
const shareMin = 1 / 3;
const phrasesScoreMax = 12;
/** Common words may earn a topic; they do not make it the first. */
const hintsScoreMax = 4;

/** A word; or any other character but those that may stand between two words of a phrase. */
const wordOrBreak = /[\p{L}\p{N}\p{M}]+|[^\s\p{Pd}_/'’]/gu;

type Words = { readonly numbers: number[]; readonly starts: number[]; readonly ends: number[] };
type Found = { phrases: number; hints: number; until: number; readonly words: Map<string, string> };

const trie = new PhraseTrie(topics);

/** Strongest first, at most six; each with the words that earned it as they are written, at most four. */
export function tagPaper(paper: { readonly title: string; readonly abstract: string }): readonly Tag[] {
  const found = new Map<number, Found>();
  search(paper.title, titleFactor, found);
  for (const one of found.values()) one.until = 0;
  search(paper.abstract, 1, found);
  const scored = [...found].map(([number, one]) => ({ topic: topics[number], score: scoreOf(one), words: [...one.words.values()] }));
  const best = Math.max(...scored.map(({ score }) => score));
  return scored
    .filter(({ score }) => score >= Math.max(scoreMin, best * shareMin))
    .sort((one, other) => other.score - one.score)
    .slice(0, topicsMax)
    .flatMap(({ topic, words }) => (topic ? [{ kind: 'topic' as const, slug: topic.slug, label: topic.label, words: words.slice(0, wordsMax) }] : []));
}

function scoreOf({ phrases, hints }: Found): number {
  return Math.min(phrases, phrasesScoreMax) + Math.min(hints, hintsScoreMax);
}

/** Of each topic's phrases the leftmost and there the longest counts, as in a regular expression; the next begins after it. */
function search(text: string, factor: number, found: Map<number, Found>): void {
  const words = readWords(text);
  for (let at = 0; at < words.numbers.length; at++) {
    let node = trie.root.next.get(words.numbers[at] ?? 0);
    if (!node) continue;
    const passed: TrieNode[] = [];
    while (node) {
      passed.push(node);
      node = node.next.get(words.numbers[at + passed.length] ?? 0);
    }
    for (let length = passed.length; length > 0; length--) {
      for (const { topic, weight } of passed[length - 1]?.entries ?? []) {
        const one = found.get(topic) ?? { phrases: 0, hints: 0, until: 0, words: new Map() };
        if (one.until > at) continue;
        found.set(topic, one);
        one.until = at + length;
        if (weight === weights.exclusions) continue;
        if (weight === weights.phrases) one.phrases += weight * factor;
        else one.hints += weight * factor;
        remember(one.words, text.slice(words.starts[at], words.ends[at + length - 1]));
      }
    }
  }
}

function remember(words: Map<string, string>, raw: string): void {
  const surface = raw.replace(/\s+/g, ' ');
  const key = surface.toLowerCase();
  if (!words.has(key)) words.set(key, surface);
}

function readWords(text: string): Words {
  const words: Words = { numbers: [], starts: [], ends: [] };
  for (const { 0: raw, index } of text.matchAll(wordOrBreak)) {
    words.numbers.push(trie.numberOf(raw));
    words.starts.push(index);
    words.ends.push(index + raw.length);
  }
  return words;
}
