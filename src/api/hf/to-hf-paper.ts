/** Converts papers to the responses of the Hugging Face papers API. */
import { type Day, type DayRange, isWithin, publicationPeriod } from '#core/day.ts';
import type { Paper } from '#core/paper.ts';
import { linkUrl } from '#formats/shared/paper-urls.ts';
import { imagePath } from '#view/paths.ts';
import { toObjectId } from './object-id.ts';
import type { HfDailyPaper, HfListedPaper, HfPaper, HfPaperInfo } from './responses.ts';

/** The submitter of every paper on this instance. */
export const submitterName = 'paper-digest';

const openRange: DayRange = { from: null, to: null };

/** Uses the paper's latest listing in `range`. */
function toHfPaper(paper: Paper, siteUrl: string, range: DayRange = openRange): HfPaper {
  const { id, authors, publishedOn } = paper;
  const listedOn = listedIn(paper, range);
  return {
    id,
    authors: authors.map((name, i) => ({ _id: toObjectId('author', id, String(i), name), name, hidden: false })),
    ...(publishedOn && { publishedAt: midnight(publicationPeriod(publishedOn).from) }),
    ...(listedOn && { submittedOnDailyAt: midnight(listedOn) }),
    ...toSharedFields(paper, siteUrl),
    submittedOnDailyBy: toSubmitter(siteUrl),
    discussionId: toObjectId('discussion', id),
    ...(githubRepo(paper) && { githubRepoAddedBy: 'auto' }),
  };
}

export function toHfDailyPaper(paper: Paper, siteUrl: string, range: DayRange = openRange): HfDailyPaper {
  const nested = toHfPaper(paper, siteUrl, range);
  const publishedAt = nested.submittedOnDailyAt ?? nested.publishedAt;
  return {
    paper: nested,
    ...(publishedAt && { publishedAt }),
    ...(nested.submittedOnDailyAt && { submittedOnDailyAt: nested.submittedOnDailyAt }),
    ...toSharedFields(paper, siteUrl),
    thumbnail: thumbnail(paper, siteUrl),
    numComments: paper.commentCount ?? 0,
    submittedBy: nested.submittedOnDailyBy,
    isAuthorParticipating: false,
  };
}

export function toHfListedPaper(paper: Paper, siteUrl: string): HfListedPaper {
  const { id, title, upvotes, publishedAt, authors, summary, projectPage, organization } = toHfPaper(paper, siteUrl);
  return {
    id,
    title,
    thumbnailUrl: thumbnail(paper, siteUrl),
    upvotes,
    ...(publishedAt && { publishedAt }),
    authors,
    summary,
    ...(projectPage && { projectPage }),
    ...(organization && { organization }),
  };
}

export function toHfPaperInfo(paper: Paper, siteUrl: string): HfPaperInfo {
  return {
    ...toHfPaper(paper, siteUrl),
    numComments: paper.commentCount ?? 0,
    thumbnail: thumbnail(paper, siteUrl),
    linkedModels: [],
    numTotalModels: 0,
    linkedDatasets: [],
    numTotalDatasets: 0,
    linkedSpaces: [],
    numTotalSpaces: 0,
  };
}

type SharedFields = Pick<
  HfPaper,
  'title' | 'summary' | 'upvotes' | 'ai_keywords' | 'organization' | 'projectPage' | 'githubRepo'
>;

function toSharedFields(paper: Paper, siteUrl: string): SharedFields {
  const keywords = paper.tags.filter((tag) => tag.kind !== 'category').map((tag) => tag.label);
  const projectPage = linkUrl(paper, 'project');
  const repository = githubRepo(paper);
  return {
    title: paper.title,
    summary: paper.abstract,
    upvotes: paper.upvotes ?? 0,
    ...(keywords.length > 0 && { ai_keywords: keywords }),
    ...(paper.organization && { organization: toOrganization(paper.organization, siteUrl) }),
    ...(projectPage && { projectPage }),
    ...(repository && { githubRepo: repository }),
  };
}

function githubRepo({ links }: Paper): string | null {
  return links.find((link) => link.kind === 'code' && new URL(link.url).hostname === 'github.com')?.url ?? null;
}

function toOrganization(fullname: string, siteUrl: string): NonNullable<HfPaper['organization']> {
  const avatar = avatarOf(siteUrl);
  const name = fullname.trim().replace(/[^\p{L}\p{N}.]+/gu, '-');
  return { _id: toObjectId('organization', fullname), name, fullname, avatar, avatarUrl: avatar };
}

function toSubmitter(siteUrl: string): HfPaper['submittedOnDailyBy'] {
  return {
    _id: toObjectId('user', submitterName),
    avatarUrl: avatarOf(siteUrl),
    fullname: 'Paper Digest',
    user: submitterName,
    name: submitterName,
    type: 'user',
    isPro: false,
    isHf: false,
    isHfAdmin: false,
    isMod: false,
    followerCount: 0,
    isUserFollowing: false,
  };
}

function listedIn({ listings }: Paper, range: DayRange): Day | null {
  const days = listings.map(({ day }) => day).filter((day) => isWithin({ from: day, to: day }, range));
  return days.sort().at(-1) ?? null;
}

const midnight = (day: Day): string => `${day}T00:00:00.000Z`;
const thumbnail = ({ id }: Paper, siteUrl: string): string => `${siteUrl}${imagePath(id)}`;
const avatarOf = (siteUrl: string): string => `${siteUrl}/favicon.svg`;
