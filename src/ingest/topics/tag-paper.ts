/** Assigns topics to a paper by matching phrases in its title and abstract. */
import type { Tag } from '#core/paper.ts';
import { topics } from './index.ts';
import { PhraseTrie, type TrieNode, weights } from './phrase-trie.ts';
import { readWords } from './read-words.ts';

const topicsMax = 6;
const wordsMax = 4;
const titleFactor = 3;
/** A topic needs one phrase, one hint in the title, or two hints in the abstract. */
const scoreMin = weights.phrases;
/** It also needs this share of the best topic's score, at most the score of a hint in the title. */
const shareMin = 1 / 3;
const shareScoreMax = weights.hints * titleFactor;
const scoreMax = 12;
/** Hints are common words. Their score is capped, so that they do not make a topic the first. */
const hintsScoreMax = 4;

type Span = { readonly text: string; readonly start: number; readonly end: number };
/** Matches of a topic. `nextWord` is the index of the first word after the last match. */
type Matches = { phrases: number; hints: number; nextWord: number; readonly spans: Span[] };

const trie = new PhraseTrie(topics);

/** Returns up to six topics, best score first. Each has up to four of its matched phrases as written. */
export function tagPaper(paper: { readonly title: string; readonly abstract: string }): readonly Tag[] {
  const found = new Map<number, Matches>();
  search(paper.title, titleFactor, found);
  for (const matches of found.values()) matches.nextWord = 0;
  search(paper.abstract, 1, found);
  const scored = [...found].map(([number, matches]) => ({
    number,
    score: scoreOf(matches),
    mentions: matches.phrases + matches.hints,
    spans: matches.spans,
  }));
  const best = Math.max(...scored.map(({ score }) => score));
  return scored
    .filter(({ score }) => score >= Math.max(scoreMin, Math.min(best * shareMin, shareScoreMax)))
    .sort((a, b) => b.score - a.score || b.mentions - a.mentions || a.number - b.number)
    .slice(0, topicsMax)
    .map(({ number, spans }) => toTag(number, spans));
}

function toTag(number: number, spans: readonly Span[]): Tag {
  const topic = topics[number];
  if (!topic) throw new Error(`the vocabulary has no topic ${number}`);
  return { kind: 'topic', slug: topic.slug, label: topic.label, words: wordsOf(spans) };
}

function scoreOf({ phrases, hints }: Matches): number {
  return Math.min(phrases + Math.min(hints, hintsScoreMax), scoreMax);
}

/** Finds each topic's leftmost-longest matches, as a POSIX regular expression does. Matches do not overlap. */
function search(text: string, factor: number, found: Map<number, Matches>): void {
  const { numbers, starts, ends } = readWords(text, trie);
  for (let at = 0; at < numbers.length; at++) {
    if (numbers[at] === 0) continue;
    const nodes = matchingNodes(numbers, at);
    for (let length = nodes.length; length > 0; length--) {
      for (const { topic, weight } of nodes[length - 1]?.entries ?? []) {
        const matches = found.get(topic) ?? addTo(found, topic);
        if (matches.nextWord > at) continue;
        matches.nextWord = at + length;
        if (weight === weights.exclusions) continue;
        if (weight === weights.phrases) matches.phrases += weight * factor;
        else matches.hints += weight * factor;
        matches.spans.push({ text, start: starts[at] ?? 0, end: ends[at + length - 1] ?? 0 });
      }
    }
  }
}

function addTo(found: Map<number, Matches>, topic: number): Matches {
  const matches = { phrases: 0, hints: 0, nextWord: 0, spans: [] };
  found.set(topic, matches);
  return matches;
}

const noNodes: readonly TrieNode[] = [];

/** Returns the trie nodes that match the words from index `at`. */
function matchingNodes(numbers: readonly number[], at: number): readonly TrieNode[] {
  let node = trie.root.next.get(numbers[at] ?? 0);
  if (!node) return noNodes;
  const nodes: TrieNode[] = [];
  for (; node; node = node.next.get(numbers[at + nodes.length] ?? 0)) nodes.push(node);
  return nodes;
}

/** Returns the distinct matched phrases as written, in order. */
function wordsOf(spans: readonly Span[]): string[] {
  const words = new Map<string, string>();
  for (const { text, start, end } of spans) {
    if (words.size === wordsMax) break;
    const surface = text.slice(start, end).replace(/\s+/g, ' ');
    if (!words.has(surface.toLowerCase())) words.set(surface.toLowerCase(), surface);
  }
  return [...words.values()];
}
