/** What the Hugging Face papers API answers, as its clients read it; what they read at two places stands at both. */
import { z } from 'zod';

/** Their clients take times that end in `Z` only. */
const TimeSchema = z.iso.datetime({ precision: 3 });
const ObjectIdSchema = z.string().regex(/^[0-9a-f]{24}$/);

/** `user` is what the Python client reads, `name` what Hugging Face sends. */
export const HfUserSchema = z.object({
  _id: ObjectIdSchema,
  avatarUrl: z.url(),
  fullname: z.string(),
  user: z.string(),
  name: z.string(),
  type: z.literal('user'),
  isPro: z.boolean(),
  isHf: z.boolean(),
  isHfAdmin: z.boolean(),
  isMod: z.boolean(),
  followerCount: z.int(),
  isUserFollowing: z.boolean(),
});

/** `avatarUrl` is what the Python client reads, `avatar` what Hugging Face sends. */
export const HfOrganizationSchema = z.object({
  _id: ObjectIdSchema,
  name: z.string(),
  fullname: z.string(),
  avatar: z.url(),
  avatarUrl: z.url(),
});

const HfAuthorSchema = z.object({ _id: ObjectIdSchema, name: z.string(), hidden: z.boolean() });

/** What stands in `paper` and, for the clients that look there, beside it. */
const copied = {
  title: z.string(),
  summary: z.string().describe('The abstract; empty when it is not known.'),
  upvotes: z.int(),
  ai_keywords: z.array(z.string()).readonly().describe('Topics and keywords.').optional(),
  organization: HfOrganizationSchema.optional(),
  projectPage: z.url().optional(),
  githubRepo: z.url().optional(),
};

export const HfPaperSchema = z.object({
  id: z.string(),
  authors: z.array(HfAuthorSchema).readonly(),
  publishedAt: TimeSchema.describe('The day the paper appeared; left out when it is not known.').optional(),
  submittedOnDailyAt: TimeSchema.describe('The day it was listed; left out when it never was.').optional(),
  submittedOnDailyBy: HfUserSchema,
  discussionId: ObjectIdSchema,
  githubRepoAddedBy: z.enum(['user', 'auto']).optional(),
  ...copied,
});
export type HfPaper = Readonly<z.infer<typeof HfPaperSchema>>;

export const HfDailyPaperSchema = z.object({
  paper: HfPaperSchema,
  publishedAt: TimeSchema.describe('The day it was listed, else the day it appeared.').optional(),
  /** Where `paper` has no `publishedAt`, the Python client takes the one above for it and this for the day of listing. */
  submittedOnDailyAt: TimeSchema.optional(),
  ...copied,
  thumbnail: z.url(),
  numComments: z.int(),
  submittedBy: HfUserSchema,
  isAuthorParticipating: z.boolean(),
});
export type HfDailyPaper = Readonly<z.infer<typeof HfDailyPaperSchema>>;

export const HfListedPaperSchema = HfPaperSchema.pick({
  id: true,
  title: true,
  upvotes: true,
  publishedAt: true,
  authors: true,
  summary: true,
  projectPage: true,
  organization: true,
}).extend({ thumbnailUrl: z.url() });
export type HfListedPaper = Readonly<z.infer<typeof HfListedPaperSchema>>;

/** Nothing here is linked to models, data sets or spaces. */
const none = z.array(z.never()).max(0).readonly();

export const HfPaperInfoSchema = HfPaperSchema.extend({
  numComments: z.int(),
  thumbnail: z.url(),
  linkedModels: none,
  numTotalModels: z.int(),
  linkedDatasets: none,
  numTotalDatasets: z.int(),
  linkedSpaces: none,
  numTotalSpaces: z.int(),
});
export type HfPaperInfo = Readonly<z.infer<typeof HfPaperInfoSchema>>;

export const HfReposSchema = z.object({ models: none, datasets: none, spaces: none });
export type HfRepos = Readonly<z.infer<typeof HfReposSchema>>;

export const HfErrorSchema = z.object({ error: z.string() });
