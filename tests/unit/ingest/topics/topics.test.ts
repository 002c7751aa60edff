/** Checks the topic data: every phrase can match, is unambiguous, and is shared only on purpose. */
import { describe, expect, it } from 'vitest';
import { getTopic, TopicSchema, topics } from '#ingest/topics/index.ts';
import { isExact, normalWord } from '#ingest/topics/normal-word.ts';
import { spellings } from '#ingest/topics/phrase-trie.ts';
import { tagPaper } from '#ingest/topics/tag-paper.ts';

/** Phrases that two topics share on purpose: a control law belongs to robotics and to control theory. */
const shared = new Set(
  `AI scientist; DeepSeek R1; FLUX; MLLM; SDXL; agent memory; agentic; agentic RL; animation; antibody;
  automated machine learning; bayesian optimization; bent function; bin packing; black hole; category theory;
  character animation; coding agent; complex network; complexity theory; composed image retrieval; compressed sensing;
  continual pre training; control law; controller design; cross modal retrieval; deep research; elliptic curve;
  face restoration; feedback control; finite element; fraud detection; gait recognition; gesture recognition;
  graph drawing; graphic design; gripper; health record; human animation; infographic; interatomic potential;
  inverse problem; inverse reinforcement learning; key value memory; keyword spotting; lambda calculus; learning to hash;
  link prediction; lower bound; medical question answering; membership inference; mobile manipulation;
  model predictive control; motion segmentation; networked control; neuroimaging; nonlinear control; oil and gas;
  omni modal; optimal control; pedestrian detection; peer review; persistent homology; phase transition; plant disease;
  poetry; polynomial time; probabilistic programming; proof assistant; quantum key distribution; rehabilitation robot;
  robust control; singing voice; sliding mode; spanning tree; speech translation; stable diffusion;
  subject driven generation; talking head; teleoperation; theorem prover; topological data analysis; tumor segmentation;
  verilog; video diffusion; video retrieval; vision language pre training; visual autoregressive; web agent`
    .split(/\s*;\s*/)
    .map((phrase) => phrase.trim()),
);

const runsOf = (phrase: string): string[] =>
  spellings(phrase).map((words) => ` ${words.map((word) => (isExact(word) ? word : normalWord(word))).join(' ')} `);
const textOf = (phrase: string): string => phrase.replaceAll('-', ' ');

describe('the topic data', () => {
  it('there are 150 to 250 distinct topics in at most four levels', () => {
    expect(topics.length).toBeGreaterThan(150);
    expect(topics.length).toBeLessThan(250);
    expect(new Set(topics.map((topic) => topic.slug)).size).toBe(topics.length);
    expect(new Set(topics.map((topic) => topic.label)).size).toBe(topics.length);
    const depthOf = (slug: string | null): number => (slug === null ? 0 : 1 + depthOf(getTopic(slug)?.parent ?? null));
    for (const { slug, parent } of topics) {
      expect(parent === null || getTopic(parent), `${slug} is under ${parent}`).toBeTruthy();
      expect(depthOf(slug), slug).toBeLessThanOrEqual(4);
    }
  });

  it('two topics share a phrase only if the list of shared phrases contains it', () => {
    const owners = new Map<string, Set<string>>();
    for (const { slug, phrases, hints = [] } of topics)
      for (const phrase of [...phrases, ...hints]) {
        const known = owners.get(textOf(phrase)) ?? new Set();
        expect(known.has(slug), `${phrase} is twice in ${slug}`).toBe(false);
        owners.set(textOf(phrase), known.add(slug));
      }
    const found = [...owners].filter(([, slugs]) => slugs.size > 1).map(([phrase]) => phrase);
    expect(found.sort()).toEqual([...shared].sort());
    expect(Math.max(...[...owners.values()].map((slugs) => slugs.size))).toBe(2);
  });

  it('no phrase of a topic is covered by another one', () => {
    const useless = topics.flatMap(({ slug, phrases }) => {
      const runs = phrases.map((phrase) => [phrase, runsOf(phrase)] as const);
      return runs.flatMap(([phrase, own]) => {
        const others = runs.filter(([other]) => other !== phrase).flatMap(([, one]) => one);
        return own.every((run) => others.some((other) => run.includes(other))) ? [`${slug}: ${phrase}`] : [];
      });
    });
    expect(useless).toEqual([]);
  });

  it('a topic lists each phrase, hint or exclusion only once', () => {
    const twice = topics.flatMap(({ slug, phrases, hints = [], exclusions = [] }) => {
      const seen = new Set<string>();
      return [...phrases, ...hints, ...exclusions]
        .filter((phrase) => {
          const runs = new Set(runsOf(phrase));
          const isKnown = [...runs].some((run) => seen.has(run));
          for (const run of runs) seen.add(run);
          return isKnown;
        })
        .map((phrase) => `${slug}: ${phrase}`);
    });
    expect(twice).toEqual([]);
  });

  it('every exclusion contains a phrase or hint of its topic', () => {
    const useless = topics.flatMap(({ slug, phrases, hints = [], exclusions = [] }) => {
      const runs = [...phrases, ...hints].flatMap(runsOf);
      return exclusions
        .filter((one) => !runsOf(one).some((run) => runs.some((other) => run.includes(other) && run !== other)))
        .map((one) => `${slug}: ${one}`);
    });
    expect(useless).toEqual([]);
  });

  it('a word is case-sensitive in all phrases or in none', () => {
    const words = topics.flatMap(({ phrases, hints = [], exclusions = [] }) =>
      [...phrases, ...hints, ...exclusions].flatMap((phrase) => spellings(phrase).flat()),
    );
    const folded = new Set(words.filter((word) => !isExact(word)).map(normalWord));
    expect(words.filter((word) => isExact(word) && folded.has(normalWord(word)))).toEqual([]);
  });

  it('every phrase and hint gives its topic to a title that consists of it', () => {
    const missed = topics.flatMap(({ slug, phrases, hints = [] }) =>
      [...phrases, ...hints]
        .filter((phrase) => !tagPaper({ title: textOf(phrase), abstract: '' }).some((tag) => tag.slug === slug))
        .map((phrase) => `${slug}: ${phrase}`),
    );
    expect(missed).toEqual([]);
  });

  it('an exclusion alone gives no topic', () => {
    const earned = topics.flatMap(({ slug, exclusions = [] }) =>
      exclusions
        .filter((one) => tagPaper({ title: textOf(one), abstract: '' }).some((tag) => tag.slug === slug))
        .map((one) => `${slug}: ${one}`),
    );
    expect(earned).toEqual([]);
  });

  it('a phrase contains only letters, digits, spaces and hyphens', () => {
    const topic = { slug: 'x', label: 'X', parent: null, phrases: ['a.b'] };
    expect(TopicSchema.safeParse(topic).success).toBe(false);
    expect(TopicSchema.safeParse({ ...topic, phrases: ['a b-c'] }).success).toBe(true);
  });
});
