/** Builds the subscribe page and the preview: the real mail with the papers that match now. */

import { composeDigest, explainEmptyDigest } from '#mail/compose/write-mail.ts';
import { previewPath, subscribePath } from '#mail/links.ts';
import { formatChips, formatPaperQuery, hrefOf } from '#query/format-query.ts';
import type { PaperQuery } from '#query/paper-query.ts';
import { type Library, soFar } from '#read/library.ts';
import { findPapers } from '#read/list-papers.ts';
import type { SubscribeView } from '#view/subscription-view.ts';
import { toCountLabel } from '#view/text/labels.ts';
import { readSubscribableQuery, toFormView } from './subscription-form.ts';
import { labelsOf } from './tag-labels.ts';
import { timeZones } from './to-subscription-view.ts';

const previewPapersMax = 12;
const errorMessages = new Map([
  ['address', 'This is not a mail address that can be written to. Please look at it again.'],
  ['schedule', 'The hour or the time zone is none that is known here. Please choose them again.'],
]);

/** `params` is the query of a list's address. */
export async function showSubscribe(library: Library, params: URLSearchParams): Promise<SubscribeView> {
  const { query, notes } = readSubscribableQuery(params);
  const tagLabels = await labelsOf(library.reader, formatPaperQuery(query).toString());
  const { result } = await findMatches(library, query, 0);
  const errorMessage = errorMessages.get(params.get('problem') ?? '');
  return {
    form: toFormView(params),
    chips: formatChips(query, { tag: (slug) => tagLabels.get(slug) }).map(({ label, without }) => ({
      label,
      href: hrefOf(subscribePath, without),
    })),
    countLabel: `${toCountLabel(result.total, 'paper')} in this digest so far`,
    notes: errorMessage === undefined ? notes : [errorMessage, ...notes],
    previewHref: hrefOf(previewPath, query),
    timeZones: timeZones(),
  };
}

/** Returns the mail's HTML. */
export async function renderPreview(library: Library, params: URLSearchParams): Promise<string> {
  const { query } = readSubscribableQuery(params);
  const { papers, result, today } = await findMatches(library, query, previewPapersMax);
  const link = `${library.siteUrl}${subscribePath}`;
  const { html } = composeDigest({
    query,
    papers: papers.filter((one) => !one.partial).map((one) => one.paper),
    count: Math.min(result.total, previewPapersMax),
    tagLabels: await labelsOf(library.reader, formatPaperQuery(query).toString()),
    day: today,
    siteUrl: library.siteUrl,
    emptyReason: await explainEmptyDigest(library),
    links: { manageHref: link, leaveHref: link },
  });
  return html;
}

function findMatches(library: Library, query: PaperQuery, limit: number) {
  return findPapers(soFar(library), {
    scope: { kind: 'all' },
    query: { ...query, sort: 'new' },
    problems: [],
    offset: 0,
    limit,
    facets: false,
  });
}
