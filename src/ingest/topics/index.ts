/** The curated vocabulary of research topics: data by area, checked once, and its lookup. */
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
 * How a phrase is written: lower case matches any case, a word with a capital only itself (`RAG`); a space matches a
 * space or a hyphen, a hyphen also nothing (`pre-training`); plurals and British spellings match by themselves.
 */
const PhraseSchema = z
  .string()
  .regex(/^[\p{L}\p{N}]+(?:[ -][\p{L}\p{N}]+)*$/u, 'words with single spaces or hyphens between them');

export const TopicSchema = z.strictObject({
  slug: TagSlugSchema,
  label: z.string().min(1),
  /** The topic it is shown under; it is not added to a paper for that. */
  parent: TagSlugSchema.nullable(),
  /** One mention earns the topic. */
  phrases: z.array(PhraseSchema).readonly(),
  /** Words that others use in passing: in the title one earns the topic, in the abstract it takes two. */
  hints: z.array(PhraseSchema).readonly().optional(),
  /** Longer phrases in which a phrase or hint means something else. */
  exclusions: z.array(PhraseSchema).readonly().optional(),
});
export type Topic = Readonly<z.infer<typeof TopicSchema>>;

export const topics: readonly Topic[] = z
  .array(TopicSchema)
  .parse([...language, ...agents, ...learning, ...vision, ...speech, ...systems, ...theory, ...science, ...society]);

/** Names the vocabulary: papers tagged with another one are tagged anew. */
export const topicsVersion: string = hash('sha1', JSON.stringify(topics), 'base64url');

const bySlug = new Map<string, Topic>(topics.map((topic) => [topic.slug, topic]));

export function getTopic(slug: string): Topic | undefined {
  return bySlug.get(slug);
}
