/** Returns the digests that a run would send. Sends and writes nothing. */

import type { Day } from '#core/day.ts';
import type { AsyncPort } from '#core/ports/async-port.ts';
import type { DeliveryQueue } from '#core/ports/subscriptions.ts';
import { latestSlot } from '#core/schedule.ts';
import { describeQuery } from '#mail/subscribe/describe-subscription.ts';
import { labelsOf } from '#mail/subscribe/tag-labels.ts';
import { maskAddress } from '#mail/subscribe/to-subscription-view.ts';
import { parsePaperQuery } from '#query/parse-paper-query.ts';
import type { Library } from '#read/library.ts';
import type { DuePapers } from './due-papers.ts';

export type PlannedDigest = {
  readonly address: string;
  readonly filter: string;
  readonly digest: string;
  readonly papers: number;
  readonly isSent: boolean;
};

type Planner = { readonly ledger: AsyncPort<DeliveryQueue>; duePapers(): DuePapers; nowMs(): number };

export async function planDigests(
  { ledger, duePapers, nowMs }: Planner,
  library: Library,
  day: Day | null,
): Promise<readonly PlannedDigest[]> {
  const find = duePapers();
  const planned: PlannedDigest[] = [];
  for (const subscription of await ledger.due(nowMs(), day)) {
    const digest = day ?? latestSlot(subscription.schedule, nowMs()).day;
    const papers = await ledger.unsent(subscription, await find(subscription.query, digest, nowMs()), digest);
    const { query } = parsePaperQuery(new URLSearchParams(subscription.query));
    const filter = describeQuery(query, await labelsOf(library.reader, subscription.query));
    planned.push({
      address: maskAddress(subscription.address),
      filter,
      digest,
      papers: papers.length,
      isSent: papers.length > 0 || subscription.mailsEmpty,
    });
  }
  return planned;
}
