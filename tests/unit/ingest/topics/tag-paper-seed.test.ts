/** Topics of the seed listing, compared with topics that were assigned by reading the papers. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { toDay } from '#core/day.ts';
import { parseListing } from '#ingest/sources/listing/listing.ts';
import { tagPaper } from '#ingest/topics/tag-paper.ts';

const file = 'daily-papers-2025-12-16.txt';
const text = readFileSync(join(import.meta.dirname, '../../../../seeds', file), 'utf8');
const { papers } = parseListing(text, { name: file, today: toDay(Date.UTC(2025, 11, 17)) });

/** Start of a title, required topics, further allowed topics. */
const truth: readonly (readonly [string, string, string])[] = [
  ['CodeT5: Identifier', 'code-generation encoder-decoder', 'pretraining'],
  ['Future Token Prediction', 'language-modeling', 'encoder-decoder transformers'],
  [
    'Decoder-Only LLMs are',
    'diffusion-models image-generation large-language-models',
    'encoder-decoder computer-vision',
  ],
  [
    'Youku-mPLUG',
    'vision-language',
    'pretraining llm-evaluation video video-understanding multimodal-learning multilingual',
  ],
  [
    'Generating Images',
    'image-generation multimodal-learning',
    'large-language-models computer-vision unified-multimodal image-retrieval',
  ],
  ['Talking Models', 'knowledge-distillation', 'transfer-learning'],
  ['Decoder Pre-Training', 'document-understanding', 'pretraining encoder-decoder computer-vision vision-language'],
  [
    'Multi-Prompting Decoder',
    'in-context-learning',
    'language-modeling few-shot-and-zero-shot natural-language-processing',
  ],
  [
    'Multimodal Mamba',
    'state-space-models multimodal-learning',
    'encoder-decoder transformers knowledge-distillation vision-language',
  ],
  [
    'Lumina-mGPT',
    'image-generation',
    'pretraining encoder-decoder instruction-tuning generative-models computer-vision multimodal-learning',
  ],
  [
    'MLP Memory',
    'language-modeling agent-memory',
    'encoder-decoder deep-learning information-retrieval large-language-models retrieval-augmented-generation',
  ],
  ['Encoder-Decoder Gemma', 'encoder-decoder large-language-models', 'pretraining'],
  ['BEAST', 'imitation-learning tokenization', 'encoder-decoder vision-language-action robotics'],
  [
    'Making the Most',
    'transformers encoder-decoder',
    'text-generation language-modeling natural-language-processing few-shot-and-zero-shot',
  ],
  ['GECTurk', 'syntax-and-grammar multilingual', 'synthetic-data'],
  ["A Pretrainer's Guide", 'training-data pretraining', ''],
  ['LifeGPT', 'cellular-automata-and-complexity', 'transformers encoder-decoder'],
  ['Seq vs Seq', 'encoder-decoder', 'large-language-models information-retrieval'],
  ['CodeT5+', 'code-generation large-language-models', 'pretraining encoder-decoder instruction-tuning'],
  ['Return of the Encoder', 'encoder-decoder large-language-models', 'knowledge-distillation'],
  ['FIN-bench-v2', 'llm-evaluation multilingual', 'large-language-models'],
  ['Discrete Key-Value', 'continual-learning', ''],
  ['Well-Read Students', 'model-compression knowledge-distillation pretraining', ''],
  ['Diverse Beam Search', 'text-generation', 'computer-vision'],
  ['Adaptive Draft', 'llm-inference large-language-models', 'text-generation'],
  ['The Hyperfitting', 'text-generation large-language-models', 'deep-learning-theory'],
  ['What Language Model', 'pretraining language-modeling', 'encoder-decoder few-shot-and-zero-shot transfer-learning'],
  ['Parallel Decoding', 'llm-inference large-language-models', 'transformers text-generation'],
  ['Neuroformer', 'neuroscience multimodal-learning', 'pretraining'],
  ['POINTS', 'vision-language', 'pretraining instruction-tuning model-merging training-data'],
  ['The Impossibility', 'transformers', 'encoder-decoder deep-learning-theory reasoning'],
  ['Chimera', 'llm-inference large-language-models', 'text-generation'],
  ['DrBERT', 'language-modeling pretraining', 'transformers natural-language-processing'],
  ['CodeGen2', 'code-generation large-language-models', 'language-modeling scaling-laws representation-learning'],
  ['Causal2Vec', 'text-embeddings large-language-models', 'encoder-decoder'],
];

const slugsOf = (list: string): string[] => list.split(' ').filter((slug) => slug !== '');

describe('the topics of the seed listing', () => {
  it('every paper of the seed listing has one expected set of topics', () => {
    expect(papers.map((paper) => truth.filter(([start]) => paper.title.startsWith(start)).length)).toEqual(
      papers.map(() => 1),
    );
    expect(papers).toHaveLength(truth.length);
  });

  it.each(truth)('the topics of “%s…” are the expected ones', (start, required, allowed) => {
    const paper = papers.find((one) => one.title.startsWith(start));
    const slugs = tagPaper({ title: paper?.title ?? '', abstract: paper?.abstract ?? '' }).map(
      (tag) => tag.slug as string,
    );
    expect(slugs).toEqual(expect.arrayContaining(slugsOf(required)));
    expect([...slugsOf(required), ...slugsOf(allowed)]).toEqual(expect.arrayContaining(slugs));
  });
});
