/** The responses of the Hugging Face papers API. Some fields are repeated, because clients read different places. */
import { z } from 'zod';

/** The clients accept only times that end in `Z`. */
const TimeSchema = z.iso.datetime({ precision: 3 });
const ObjectIdSchema = z.string().regex(/^[0-9a-f]{24}$/);

/** The Python client reads `user`, Hugging Face sends `name`. */
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

/** The Python client reads `avatarUrl`, Hugging Face sends `avatar`. */
export const HfOrganizationSchema = z.object({
  _id: ObjectIdSchema,
  name: z.string(),
  fullname: z.string(),
  avatar: z.url(),
  avatarUrl: z.url(),
});

const HfAuthorSchema = z.object({ _id: ObjectIdSchema, name: z.string(), hidden: z.boolean() });

/** Fields in `paper` that are repeated beside it, for clients that read them there. */
const sharedFields = {
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
  ...sharedFields,
});
export type HfPaper = Readonly<z.infer<typeof HfPaperSchema>>;

export const HfDailyPaperSchema = z.object({
  paper: HfPaperSchema,
  publishedAt: TimeSchema.describe('The day it was listed, else the day it appeared.').optional(),
  /** If `paper` has no `publishedAt`, the Python client uses the one above, and this as the listing day. */
  submittedOnDailyAt: TimeSchema.optional(),
  ...sharedFields,
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

/** Always empty: this instance has no models, data sets or spaces. */
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
