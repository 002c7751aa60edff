/** Writes the mail of a delivery. Subscribers with the same filter and papers share its content. */
import { type Day, parseDay } from '#core/day.ts';
import type { Paper, PaperId } from '#core/paper.ts';
import type { Mail, MailContent } from '#core/ports/mail.ts';
import type { ClaimedDelivery } from '#core/ports/subscriptions.ts';
import { toLeaveMail } from '#mail/bounces/read-mailbox.ts';
import { memoizeLatest } from '#mail/deliver/remember-latest.ts';
import { subscriptionPath } from '#mail/links.ts';
import { describeQuery } from '#mail/subscribe/describe-subscription.ts';
import { labelsOf } from '#mail/subscribe/tag-labels.ts';
import type { PaperQuery } from '#query/paper-query.ts';
import { parsePaperQuery } from '#query/parse-paper-query.ts';
import type { Library } from '#read/library.ts';
import { renderHtml } from '#ui/kit/render-html.tsx';
import { toLongDayLabel } from '#view/text/labels.ts';
import { ConfirmationMail, confirmationSubject, renderConfirmationText } from './confirmation-mail.tsx';
import { type DigestLinks, DigestMail } from './digest-mail.tsx';
import { renderDigestText } from './digest-text.ts';
import { toDigestView } from './digest-view.ts';

/** Gmail clips HTML above this size. */
export const htmlBytesMax = 102 * 1024;
const papersShownMax = 40;
const subjectCharsMax = 120;
const cachedMax = 32;

export type WrittenMail = Omit<MailContent, 'tokenHole'>;
export type MailWriter = { write(delivery: ClaimedDelivery): Promise<Mail> };

export type MailSettings = {
  readonly siteUrl: string;
  /** Domain of Message-ID and List-Id. */
  readonly mailHost: string;
  /** Receives unsubscribe mails with the token in the subject; null if nobody reads them. */
  readonly leaveAddress: string | null;
};

export function createMailWriter(library: Library, settings: MailSettings): MailWriter {
  const { siteUrl, mailHost } = settings;
  const cachedDigest = memoizeLatest<MailContent>(cachedMax);
  const tokenHole = createPlaceholder();
  const confirmation: MailContent = { ...writeConfirmation(`${siteUrl}${subscriptionPath(tokenHole)}`), tokenHole };
  return {
    async write({ kind, papers, digest, subscription, token, messageName }) {
      const input = { query: subscription.query, papers, digest };
      const links = toLinks(siteUrl, tokenHole);
      const write = async () => ({ ...(await writeDigest(library, input, links)), tokenHole });
      const isConfirmation = kind === 'confirmation';
      return {
        to: subscription.address,
        content: isConfirmation ? confirmation : await cachedDigest(JSON.stringify(input), write),
        token,
        messageId: `${messageName}@${mailHost}`,
        headers: { ...commonHeaders, ...(isConfirmation ? {} : listHeaders(settings, token)) },
      };
    },
  };
}

const commonHeaders = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' };

/** As long as a token, and random: a paper that contained the placeholder would receive each subscriber's token. */
function createPlaceholder(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url');
}

const toLinks = (siteUrl: string, token: string): DigestLinks => ({
  manageHref: `${siteUrl}${subscriptionPath(token)}`,
  leaveHref: `${siteUrl}${subscriptionPath(token, 'leave')}`,
});

/** List headers of RFC 2369, RFC 2919 and RFC 8058. */
function listHeaders({ siteUrl, mailHost, leaveAddress }: MailSettings, token: string): Mail['headers'] {
  const targets = [
    toLinks(siteUrl, token).leaveHref,
    ...(leaveAddress === null ? [] : [toLeaveMail(leaveAddress, token)]),
  ];
  return {
    'List-Id': `Paper Digest <digest.${mailHost}>`,
    'List-Unsubscribe': targets.map((way) => `<${way}>`).join(', '),
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  };
}

function writeConfirmation(href: string): WrittenMail {
  return { subject: confirmationSubject, html: toHtml(ConfirmationMail({ href })), text: renderConfirmationText(href) };
}

type DigestInput = { readonly query: string; readonly papers: readonly PaperId[]; readonly digest: string };

async function writeDigest(
  library: Library,
  { query, papers, digest }: DigestInput,
  links: DigestLinks,
): Promise<WrittenMail> {
  const found = await Promise.all(papers.slice(0, papersShownMax).map((id) => library.reader.findPaper(id)));
  const day = parseDay(digest);
  return composeDigest({
    query: parsePaperQuery(new URLSearchParams(query)).query,
    papers: found.flatMap((one) => one?.paper ?? []),
    count: papers.length,
    tagLabels: await labelsOf(library.reader, query),
    day,
    siteUrl: library.siteUrl,
    emptyReason: await explainEmptyDigest(library),
    links,
  });
}

export type Composition = {
  readonly query: PaperQuery;
  readonly papers: readonly Paper[];
  readonly count: number;
  readonly tagLabels: ReadonlyMap<string, string>;
  readonly day: Day | null;
  readonly siteUrl: string;
  readonly emptyReason: string;
  readonly links: DigestLinks;
};

/** Shows as many papers as fit into `htmlBytesMax`, and links to the rest. */
export function composeDigest({ tagLabels, day, links, ...contents }: Composition): WrittenMail {
  const filter = describeQuery(contents.query, tagLabels);
  const dayLabel = day === null ? '' : toLongDayLabel(day);
  for (let shownMax = papersShownMax; ; shownMax = Math.floor(shownMax * 0.8)) {
    const view = toDigestView({ ...contents, filter, day: dayLabel, shownMax });
    const html = toHtml(DigestMail({ view, links }));
    if (Buffer.byteLength(html) > htmlBytesMax && shownMax > 0) continue;
    return { subject: cutSubject(view.headline), html, text: renderDigestText(view, links) };
  }
}

/** Names the latest listing, so that the reader can tell whether the store is up to date. */
export async function explainEmptyDigest({ reader }: Library): Promise<string> {
  const latest = (await reader.listingDays()).at(-1)?.day;
  if (latest === undefined) return 'No papers, because nothing has been listed here yet.';
  return `No papers, because none that is new matches this filter. The latest listing here is of ${toLongDayLabel(latest)}.`;
}

const toHtml = (mail: Parameters<typeof renderHtml>[0]): string => `<!doctype html>${renderHtml(mail)}`;

/** Joins all lines: a subject is one line. */
function cutSubject(text: string): string {
  const line = text.replace(/[\p{C}\p{Z}]+/gu, ' ').trim();
  return line.length <= subjectCharsMax
    ? line
    : `${line
        .slice(0, subjectCharsMax - 1)
        .toWellFormed()
        .trimEnd()}…`;
}
