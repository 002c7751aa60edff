/** Topic matching: phrases, hints, exclusions, and agreement with one regular expression for each topic. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { topics } from '#ingest/topics/index.ts';
import { isExact, normalWord } from '#ingest/topics/normal-word.ts';
import { spellings } from '#ingest/topics/phrase-trie.ts';
import { tagPaper } from '#ingest/topics/tag-paper.ts';
import { propertyRuns } from '#tests/property-runs.ts';

const slugs = (title: string, abstract = ''): string[] => tagPaper({ title, abstract }).map((tag) => tag.slug);
const words = (slug: string, title: string, abstract = '') =>
  tagPaper({ title, abstract }).find((tag) => tag.slug === slug)?.words;

describe('tagPaper', () => {
  it('matches a phrase in any case, in the plural, hyphenated, and closed up if its pattern allows it', () => {
    for (const written of [
      'chain of thought',
      'Chain-of-Thought',
      'CHAIN OF THOUGHT',
      'chains-of-thoughts',
      'chain-of\nthought',
    ])
      expect(slugs('', `We study ${written} here.`), written).toContain('reasoning');
    for (const written of ['encoder-decoder', 'Encoder Decoders', 'encoderdecoder'])
      expect(slugs(written), written).toContain('encoder-decoder');
  });

  it.each([
    ['British spelling', 'Image summarisation of text summarisation', 'summarization'],
    ['a double l', 'language modelling', 'language-modeling'],
    ['an accent', 'naïve Bayes', 'bayesian-methods'],
    ['a plural in -ies and -es', 'Gaussian processes', 'bayesian-methods'],
  ])('matches words with %s', (_, title, slug) => {
    expect(slugs(title)).toContain(slug);
  });

  it('matches an acronym only in its exact case', () => {
    expect(slugs('RAG for newsrooms')).toContain('retrieval-augmented-generation');
    expect(slugs('A rag for every floor')).toEqual([]);
    expect(slugs('Serving LLMs')).toContain('large-language-models');
  });

  it('a hint gives a topic if it occurs once in the title or twice in the abstract', () => {
    expect(slugs('A study', 'We also try one transformer.')).toEqual([]);
    expect(slugs('A transformer')).toEqual(['transformers']);
    expect(slugs('A study', 'One transformer. Then another transformer.')).toEqual(['transformers']);
  });

  it('an exclusion hides the phrases within it', () => {
    expect(slugs('Power transformers in the grid')).not.toContain('transformers');
    expect(
      slugs('A', 'A random forest. A power transformer, a power transformer and one more power transformer.'),
    ).not.toContain('transformers');
    expect(slugs('Multimodal large language models')).not.toContain('large-language-models');
  });

  it('a phrase does not match across punctuation', () => {
    expect(slugs('', 'We build a graph. Neural networks follow; a reward: model.')).not.toContain('graph-learning');
    expect(slugs('', 'We build a graph neural network.')).toContain('graph-learning');
  });

  it('drops a weak topic beside a strong one, unless the title names it', () => {
    const abstract = 'Speculative decoding with a draft model. Speculative decoding helps, as in quantum annealing.';
    expect(slugs('Speculative decoding', abstract)).toEqual(['llm-inference']);
    expect(slugs('', 'We use quantum annealing.')).toEqual(['quantum-computing']);
    expect(slugs('Speculative decoding for a robot', abstract)).toContain('robotics');
  });

  it('returns up to four distinct matched phrases as written, those of the title first', () => {
    expect(
      words(
        'retrieval-augmented-generation',
        'Retrieval-Augmented  Answers',
        'RAG, rag and RAG; retrieval-augmented; GraphRAG.',
      ),
    ).toEqual(['Retrieval-Augmented', 'RAG', 'GraphRAG']);
    expect(
      words(
        'large-language-models',
        'LLM',
        'LLMs are large language\n models; ChatGPT is one; an open-weight model too.',
      ),
    ).toEqual(['LLM', 'LLMs', 'large language models', 'ChatGPT']);
  });

  it('returns at most six topics in a stable order, the best score first', () => {
    const title =
      'Machine translation, speech recognition, object tracking, quantum annealing, robotics, malware and neuroscience';
    const paper = { title, abstract: 'Malware analysis.' };
    const tags = tagPaper(paper);
    expect(tags).toHaveLength(6);
    expect(tags.slice(0, 2).map((tag) => tag.slug)).toEqual(['quantum-computing', 'security']);
    expect(tagPaper(paper)).toEqual(tags);
  });

  it('an empty text has no topics', () => {
    expect(tagPaper({ title: '', abstract: '' })).toEqual([]);
    expect(tagPaper({ title: '∀ 日本 \ud835', abstract: '...' })).toEqual([]);
  });
});

const written = topics.flatMap(({ phrases, hints = [], exclusions = [] }) =>
  [...phrases, ...hints, ...exclusions].map((phrase) => spellings(phrase)[0] ?? []),
);
const exact = new Set(written.flat().filter(isExact));

/** Returns a word in the form in which phrases match it. */
function matchedForm(word: string): string {
  const single = word.replace(/s$/, '');
  return (isExact(word) && ([word, single].find((one) => exact.has(one)) ?? null)) || normalWord(word);
}

/** Builds a regular expression for each topic over bracketed words. Longest phrases come first. */
const naive = topics.map(({ slug, phrases, hints = [], exclusions = [] }) => {
  const kinds = [phrases, hints, exclusions].map(
    (list) =>
      new Set(
        list.flatMap((phrase) => spellings(phrase).map((one) => one.map((word) => `<${matchedForm(word)}>`).join(''))),
      ),
  );
  const all = kinds.flatMap((runs) => [...runs]).sort((a, b) => b.split('<').length - a.split('<').length);
  return {
    slug,
    kinds,
    pattern: new RegExp(all.map((run) => run.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'g'),
  };
});

function naiveSlugs(title: readonly string[], abstract: readonly string[]): string[] {
  const texts = [title, abstract].map((list) =>
    list.map((word) => (word === '.' ? '.' : `<${matchedForm(word)}>`)).join(''),
  );
  const scores = naive.map(({ slug, kinds: [phrases, hints], pattern }) => {
    const found = texts.flatMap((text, i) =>
      [...text.matchAll(pattern)].map(([run]) => ({ run, factor: i === 0 ? 3 : 1 })),
    );
    const sum = (runs: ReadonlySet<string> | undefined) =>
      found.reduce((total, { run, factor }) => total + (runs?.has(run) ? factor : 0), 0);
    return {
      slug,
      score: Math.min(12, 2 * sum(phrases) + Math.min(4, sum(hints))),
      mentions: 2 * sum(phrases) + sum(hints),
    };
  });
  const best = Math.max(...scores.map(({ score }) => score));
  const earned = scores.filter(({ score }) => score >= 2 && score >= Math.min(3, best / 3));
  return earned
    .sort((a, b) => b.score - a.score || b.mentions - a.mentions)
    .slice(0, 6)
    .map(({ slug }) => slug);
}

describe('the trie', () => {
  it('the trie finds the same topics as a regular expression for each topic', { timeout: 60_000 }, () => {
    const word = fc.oneof(
      fc.constantFrom(...written.flat()),
      fc.constantFrom('.', 'we', 'the', 'of', 'Models'),
      fc.constantFrom(...written.flat()).map((one) => `${one}s`),
    );
    const text = fc.array(
      fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom(...written) },
        { weight: 2, arbitrary: word.map((one) => [one]) },
      ),
      { maxLength: 12 },
    );
    const gap = fc.constantFrom(' ', '-', '\n ', ' – ');
    fc.assert(
      fc.property(text, text, gap, (title, abstract, joint) => {
        const [a, b] = [title.flat(), abstract.flat()];
        expect(slugs(a.join(joint), b.join(joint))).toEqual(naiveSlugs(a, b));
      }),
      { numRuns: propertyRuns(400) },
    );
  });
});
