/** The curated research topics. Loads the data of each area and validates it once. */
import { hash } from 'node:crypto';
import { z } from 'zod';
import { TagSlugSchema } from '#core/paper.ts';
import agents from './agents.json' with { type: 'json' };
import language from './language.json' with { type: 'json' };
import learning from './learning.json' with { type: 'json' };
import science from './science.json' with { type: 'json' };
import society from './society.json' with { type: 'json' };
import speech from './speech.json' with { type: 'json' };
import systems from './systems.json' with { type: 'json' };
import theory from './theory.json' with { type: 'json' };
import vision from './vision.json' with { type: 'json' };

/**
 * A phrase pattern. A lower-case word matches any case, a word with a capital only itself (`RAG`).
 * A space matches a space or a hyphen. A hyphen also matches nothing (`pre-training`, `pretraining`).
 * Plurals and British spellings match too.
 */
const PhraseSchema = z
  .string()
  .regex(/^[\p{L}\p{N}]+(?:[ -][\p{L}\p{N}]+)*$/u, 'words with single spaces or hyphens between them');

export const TopicSchema = z.strictObject({
  slug: TagSlugSchema,
  label: z.string().min(1),
  /** Topic under which pages show this one. Papers do not inherit it. */
  parent: TagSlugSchema.nullable(),
  /** One match gives the paper the topic. */
  phrases: z.array(PhraseSchema).readonly(),
  /** Ambiguous words. One match in the title or two in the abstract give the paper the topic. */
  hints: z.array(PhraseSchema).readonly().optional(),
  /** Longer phrases in which a phrase or hint has another meaning. */
  exclusions: z.array(PhraseSchema).readonly().optional(),
});
export type Topic = Readonly<z.infer<typeof TopicSchema>>;

export const topics: readonly Topic[] = z
  .array(TopicSchema)
  .parse([...language, ...agents, ...learning, ...vision, ...speech, ...systems, ...theory, ...science, ...society]);

/** Digest of the topics. Papers tagged with another version are tagged again. */
export const topicsVersion: string = hash('sha1', JSON.stringify(topics), 'base64url');

const bySlug = new Map<string, Topic>(topics.map((topic) => [topic.slug, topic]));

export function getTopic(slug: string): Topic | undefined {
  return bySlug.get(slug);
}
