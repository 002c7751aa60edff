/** Ports of the digest: subscriptions, deliveries, and the stores for both. */
import type { Day } from '#core/day.ts';
import type { PaperId } from '#core/paper.ts';
import type { Schedule } from '#core/schedule.ts';
import type { MailAddress } from './mail.ts';
import type { PaperKey } from './papers.ts';

/** `pending` waits for confirmation. `left` is permanent. */
export type SubscriptionState = 'pending' | 'active' | 'paused' | 'left';

/** A subscriber's settings. */
export type SubscriptionChoice = {
  /** The filter as a canonical query string without order and page. Empty for every paper. */
  readonly query: string;
  readonly schedule: Schedule;
  /** Send a mail even if there are no new papers, with the reason. */
  readonly mailsEmpty: boolean;
};

/** Papers are new if stored after the key, or listed on the day or later. */
type Since = { readonly key: PaperKey; readonly day: Day };

export type Subscription = SubscriptionChoice & {
  readonly id: number;
  readonly address: MailAddress;
  readonly state: SubscriptionState;
  readonly since: Since;
  /** ISO 8601 in UTC. Null if no digest is scheduled. */
  readonly nextDueAt: string | null;
  /** Reason why the address receives no mail. Null if it does. */
  readonly suppressed: string | null;
};

/**
 * `queued` waits, `sending` is being sent. `uncertain` was being sent when the process or the connection died, and is
 * sent again under the same Message-ID.
 * The other states are final. `empty` had no new papers, `cancelled` was no longer needed.
 */
type DeliveryState = 'queued' | 'sending' | 'uncertain' | 'sent' | 'failed' | 'cancelled' | 'empty';

export type DeliveryKind = 'digest' | 'confirmation';

/** A queued mail. */
export type Delivery = {
  readonly id: number;
  readonly kind: DeliveryKind;
  /** The digest's day. For a confirmation, the time of the request. */
  readonly digest: string;
  readonly subscription: Subscription;
  /** The papers in the mail. Null before the first attempt, which selects them. */
  readonly papers: readonly PaperId[] | null;
  readonly failures: number;
};

/** A delivery that is durably marked as being sent. */
export type ClaimedDelivery = Delivery & {
  readonly papers: readonly PaperId[];
  /** The local part of the Message-ID, without angle brackets. The same for every attempt. */
  readonly messageName: string;
  /** Token for the subscription's page or its confirmation. */
  readonly token: string;
};

/** A candidate paper, with every id under which it may have been sent. */
export type NewPaper = RecentPaper & {
  readonly names: readonly string[];
  readonly listedOn: readonly Day[];
};

export type RecentPaper = { readonly id: PaperId; readonly key: PaperKey };

export type DeliveryUpdate = {
  readonly id: number;
  readonly state: 'sent' | 'failed' | 'queued' | 'uncertain';
  readonly problem: string | null;
  /** When a queued or uncertain delivery may be retried. */
  readonly nextTryAt: string | null;
  /** Counts as a failed attempt. The delivery fails after several of them. */
  readonly failed: boolean;
  /** The server rejected the address. Nothing more is sent to it. */
  readonly suppress: boolean;
  /** The mail server was unreachable. */
  readonly unreachable: boolean;
};

/** The range of candidate papers. Papers listed on the digest's day are always included. */
export type NewPaperRange = { readonly nowMs: number; readonly digest: string };

/** The delivery queue. Every method is one transaction that is on the disk when it returns. */
export type DeliveryQueue = {
  /** Changes `sending` deliveries of a dead process to `uncertain`. Only the holder of the sender lock may call it. */
  recover(): void;
  /** Enqueues one delivery for each due subscription, or with `day` for every active one. Returns their number. */
  enqueue(nowMs: number, day: Day | null): number;
  /** Subscriptions that `enqueue` would select. */
  due(nowMs: number, day: Day | null): readonly Subscription[];
  /** The next deliveries to send, uncertain ones last. */
  waiting(nowMs: number, limit: number): readonly Delivery[];
  /**
   * Marks deliveries as being sent and selects their papers.
   * `newPapers` are the recent papers that match each filter. Those that are new to the subscription and were never
   * sent to its subscriber become the delivery's papers. Cancelled and empty deliveries are closed and omitted.
   */
  claim(
    waiting: readonly { readonly delivery: Delivery; readonly newPapers: readonly NewPaper[] }[],
    nowMs: number,
  ): readonly ClaimedDelivery[];
  update(settlements: readonly DeliveryUpdate[], nowMs: number): void;
  /**
   * Returns the papers that are new to the subscription or belong to the digest's day, and were never sent to its
   * subscriber.
   */
  unsent(subscription: Subscription, papers: readonly NewPaper[], digest: string): readonly NewPaper[];
  /** Recently added or listed papers, the last added first. */
  recentPapers(range: NewPaperRange): readonly RecentPaper[];
  /** When the next subscription is due, ISO 8601. Null without active ones. */
  nextDueAt(): string | null;
};

/** Maximum pause before a retry, in ms. */
export const retryPauseMaxMs = 12 * 3_600_000;

export type PastDelivery = {
  readonly digest: string;
  readonly state: DeliveryState;
  readonly papers: number;
  readonly settledAt: string | null;
};

/** The subscription store. Every method is one transaction that is on the disk when it returns. */
export type SubscriptionStore = {
  /**
   * Stores a subscription and queues its confirmation mail.
   * Silently does nothing if the address reached its limit or is suppressed. Returns null, or the ms until the site may
   * send such mails again.
   */
  request(address: MailAddress, choice: SubscriptionChoice, nowMs: number): number | null;
  /** Returns the token's purpose and subscription. Null for a token that is unknown, used or expired. */
  open(token: string, nowMs: number): { readonly purpose: TokenPurpose; readonly subscription: Subscription } | null;
  /** Starts the subscription and spends its confirmation token. Returns a token that manages the subscription. */
  confirm(token: string, nowMs: number): string | null;
  change(id: number, choice: SubscriptionChoice, nowMs: number): void;
  pause(id: number): void;
  /** Papers that arrived during the pause are not sent. */
  resume(id: number, nowMs: number): void;
  /** Ends the subscription and cancels its queued deliveries. */
  leave(id: number): void;
  /** Deletes the subscriber and all their data. */
  forget(id: number): void;
  /** Empties the write-ahead log, which still contains deleted rows. Throws while another connection reads from it. */
  emptyLog(): void;
  history(id: number, limit: number): readonly PastDelivery[];
  /** Counts a bounce and returns its effect. Null if no delivery has that message name. */
  bounce(report: BounceReport, nowMs: number): 'suppressed' | 'counted' | 'known' | null;
  /** Lifts the suppression of an address. Returns false if there was none. */
  allow(address: MailAddress): boolean;
};

/** A bounce. The message name authenticates it: only this program and the recipient know it. */
export type BounceReport = { readonly messageName: string; readonly hard: boolean; readonly reason: string };

export type TokenPurpose = 'confirm' | 'manage';

/** The lock of the one process that sends mails. The operating system frees it when the process dies. */
export type SenderLock = {
  /** Returns null at once if another process holds the lock. */
  runExclusively<T>(work: () => Promise<T>): Promise<T | null>;
};
