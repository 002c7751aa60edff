/** The topics of a paper, from the words of its title and abstract. */
import type { Tag } from '#core/paper.ts';
import { topics } from './index.ts';
import { PhraseTrie, type TrieNode, weights } from './phrase-trie.ts';
import { readWords } from './read-words.ts';

const topicsMax = 6;
const wordsMax = 4;
const titleFactor = 3;
/** A phrase once, or a hint in the title, or two hints in the abstract … */
const scoreMin = weights.phrases;
/** … unless that is little beside the strongest topic, as what is mentioned in passing is; what the title names never is. */
const shareMin = 1 / 3;
const shareScoreMax = weights.hints * titleFactor;
const scoreMax = 12;
/** Common words may earn a topic; they do not make it the first. */
const hintsScoreMax = 4;

type Span = { readonly text: string; readonly start: number; readonly end: number };
/** `until` is the first word after the last match. */
type Found = { phrases: number; hints: number; until: number; readonly spans: Span[] };

const trie = new PhraseTrie(topics);

/** Strongest first, at most six; each with the words that earned it as they are written, at most four. */
export function tagPaper(paper: { readonly title: string; readonly abstract: string }): readonly Tag[] {
  const found = new Map<number, Found>();
  search(paper.title, titleFactor, found);
  for (const one of found.values()) one.until = 0;
  search(paper.abstract, 1, found);
  const scored = [...found].map(([number, one]) => ({
    number,
    score: scoreOf(one),
    mentions: one.phrases + one.hints,
    spans: one.spans,
  }));
  const best = Math.max(...scored.map(({ score }) => score));
  return scored
    .filter(({ score }) => score >= Math.max(scoreMin, Math.min(best * shareMin, shareScoreMax)))
    .sort((one, other) => other.score - one.score || other.mentions - one.mentions || one.number - other.number)
    .slice(0, topicsMax)
    .map(({ number, spans }) => toTag(number, spans));
}

function toTag(number: number, spans: readonly Span[]): Tag {
  const topic = topics[number];
  if (!topic) throw new Error(`the vocabulary has no topic ${number}`);
  return { kind: 'topic', slug: topic.slug, label: topic.label, words: wordsOf(spans) };
}

function scoreOf({ phrases, hints }: Found): number {
  return Math.min(phrases + Math.min(hints, hintsScoreMax), scoreMax);
}

/** Of each topic's phrases the leftmost and there the longest counts, as in a regular expression; the next begins after it. */
function search(text: string, factor: number, found: Map<number, Found>): void {
  const { numbers, starts, ends } = readWords(text, trie);
  for (let at = 0; at < numbers.length; at++) {
    if (numbers[at] === 0) continue;
    const passed = walk(numbers, at);
    for (let length = passed.length; length > 0; length--) {
      for (const { topic, weight } of passed[length - 1]?.entries ?? []) {
        const one = found.get(topic) ?? addTo(found, topic);
        if (one.until > at) continue;
        one.until = at + length;
        if (weight === weights.exclusions) continue;
        if (weight === weights.phrases) one.phrases += weight * factor;
        else one.hints += weight * factor;
        one.spans.push({ text, start: starts[at] ?? 0, end: ends[at + length - 1] ?? 0 });
      }
    }
  }
}

function addTo(found: Map<number, Found>, topic: number): Found {
  const one = { phrases: 0, hints: 0, until: 0, spans: [] };
  found.set(topic, one);
  return one;
}

const nothing: readonly TrieNode[] = [];

/** The nodes that the words from `at` on lead through. */
function walk(numbers: readonly number[], at: number): readonly TrieNode[] {
  let node = trie.root.next.get(numbers[at] ?? 0);
  if (!node) return nothing;
  const passed: TrieNode[] = [];
  for (; node; node = node.next.get(numbers[at + passed.length] ?? 0)) passed.push(node);
  return passed;
}

/** As they are written, each once, in their order. */
function wordsOf(spans: readonly Span[]): string[] {
  const words = new Map<string, string>();
  for (const { text, start, end } of spans) {
    if (words.size === wordsMax) break;
    const surface = text.slice(start, end).replace(/\s+/g, ' ');
    if (!words.has(surface.toLowerCase())) words.set(surface.toLowerCase(), surface);
  }
  return [...words.values()];
}
