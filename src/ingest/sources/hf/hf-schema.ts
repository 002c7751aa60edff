/** Schema of an item of Hugging Face's listing. It accepts all of six thousand recorded items. */
import { z } from 'zod';

const text = z.string().nullish();
const count = z.int().min(0).nullish();
const organization = z.object({ name: text, fullname: text }).nullish();

const HfPaperSchema = z.object({
  id: z.string('the paper has no id').min(1),
  title: text,
  summary: text,
  /** Includes authors marked `hidden`: they hide their profile, not their authorship. */
  authors: z.array(z.union([z.object({ name: text }), z.null()], 'a name is expected')).nullish(),
  publishedAt: text,
  upvotes: count,
  githubRepo: text,
  projectPage: text,
  ai_keywords: z.array(z.string().nullable()).nullish(),
  organization,
});

export const HfItemSchema = z.object(
  { paper: HfPaperSchema, title: text, summary: text, numComments: count, organization },
  'an item with a paper is expected',
);
export type HfItem = z.infer<typeof HfItemSchema>;
