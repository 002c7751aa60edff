/** A subscription, the mails made for it, and who keeps both: the digest's nouns and ports. */
import type { Day } from '#core/day.ts';
import type { PaperId } from '#core/paper.ts';
import type { Schedule } from '#core/schedule.ts';
import type { MailAddress } from './mail.ts';
import type { PaperKey } from './papers.ts';

/** `pending` waits for its confirmation; `left` is for good. */
export type SubscriptionState = 'pending' | 'active' | 'paused' | 'left';

/** What a subscriber chooses. */
export type SubscriptionChoice = {
  /** The filter as an address writes it, canonical and without order and page; empty: every paper. */
  readonly query: string;
  readonly schedule: Schedule;
  /** Mail also when nothing is new, with the reason. */
  readonly mailsEmpty: boolean;
};

/** Where "new" begins: papers stored after the key, or listed on the day or later. */
type Since = { readonly key: PaperKey; readonly day: Day };

export type Subscription = SubscriptionChoice & {
  readonly id: number;
  readonly address: MailAddress;
  readonly state: SubscriptionState;
  readonly since: Since;
  /** ISO 8601 in UTC; null while nothing is to come. */
  readonly nextDueAt: string | null;
  /** Why nothing can be sent to the address; null when it can. */
  readonly suppressed: string | null;
};

/**
 * `queued` waits for its turn, `sending` is being handed over, `uncertain` was when the process or the connection died: it is sent
 * again under the same Message-ID. The others are final; `empty` had nothing to say, `cancelled` was no longer wanted.
 */
type DeliveryState = 'queued' | 'sending' | 'uncertain' | 'sent' | 'failed' | 'cancelled' | 'empty';

export type DeliveryKind = 'digest' | 'confirmation';

/** A mail to be made. */
export type Delivery = {
  readonly id: number;
  readonly kind: DeliveryKind;
  /** The digest's day; for a confirmation the moment it was asked for. */
  readonly digest: string;
  readonly subscription: Subscription;
  /** What is in it, decided at the first try; null before. */
  readonly papers: readonly PaperId[] | null;
  readonly failures: number;
};

/** A delivery whose state says durably that it is being sent. */
export type ClaimedDelivery = Delivery & {
  readonly papers: readonly PaperId[];
  /** Without angle brackets and host; the same at every try. */
  readonly messageName: string;
  /** Opens the subscription's page, or its confirmation. */
  readonly token: string;
};

/** A paper a subscription could be sent, with every name it may have been sent under. */
export type NewPaper = RecentPaper & {
  readonly names: readonly string[];
  readonly listedOn: readonly Day[];
};

export type RecentPaper = { readonly id: PaperId; readonly key: PaperKey };

export type DeliveryUpdate = {
  readonly id: number;
  readonly state: 'sent' | 'failed' | 'queued' | 'uncertain';
  readonly problem: string | null;
  /** When a queued or uncertain one may be tried again. */
  readonly nextTryAt: string | null;
  /** Counts towards the number of failures after which it is given up. */
  readonly failed: boolean;
  /** The address itself was refused: nothing more is sent to it. */
  readonly suppress: boolean;
  /** The mail server could not be reached at all. */
  readonly unreachable: boolean;
};

/** Where papers are looked for that may be new to somebody; the papers listed on a digest's own day always belong to it. */
export type NewPaperRange = { readonly nowMs: number; readonly digest: string };

/** The queue of mails. Every method is one transaction that is on the disk when it returns. */
export type DeliveryQueue = {
  /** What a dead process left in `sending` becomes `uncertain`. Only whoever holds the sender's lock may call it. */
  recover(): void;
  /** Freezes the recipients: one queued delivery for each subscription that is due, or with `day` for every active one. */
  enqueue(nowMs: number, day: Day | null): number;
  /** Subscriptions that `freeze` would take. */
  due(nowMs: number, day: Day | null): readonly Subscription[];
  /** The next to be sent, uncertain ones last. */
  waiting(nowMs: number, limit: number): readonly Delivery[];
  /**
   * Writes down that these are being sent. `newPapers` are what each one's filter finds among recent papers: those that are new to the
   * subscription and were never sent to its subscriber become its papers. Deliveries that are no longer wanted, or have nothing to
   * say, are closed and left out.
   */
  claim(
    waiting: readonly { readonly delivery: Delivery; readonly newPapers: readonly NewPaper[] }[],
    nowMs: number,
  ): readonly ClaimedDelivery[];
  update(settlements: readonly DeliveryUpdate[], nowMs: number): void;
  /** Of the papers those that are new to the subscription, or of the digest's day, and were never sent to its subscriber. */
  unsent(subscription: Subscription, papers: readonly NewPaper[], digest: string): readonly NewPaper[];
  /** Papers that came or were listed lately, the last added first. */
  recentPapers(range: NewPaperRange): readonly RecentPaper[];
  /** When the earliest subscription is due next, ISO 8601; null without active ones. */
  nextDueAt(): string | null;
};

/** The longest pause before a mail that failed is tried again. */
export const retryPauseMaxMs = 12 * 3_600_000;

export type PastDelivery = {
  readonly digest: string;
  readonly state: DeliveryState;
  readonly papers: number;
  readonly settledAt: string | null;
};

/** Who is subscribed. Every method is one transaction that is on the disk when it returns. */
export type SubscriptionStore = {
  /**
   * Stores a subscription and queues its confirmation mail. Does nothing, silently, for an address that had too many of them or takes no
   * mail. Returns null, or in how many ms the site may send such mails again.
   */
  request(address: MailAddress, choice: SubscriptionChoice, nowMs: number): number | null;
  /** What a token opens; null for one that is unknown, used up or too old. */
  open(token: string, nowMs: number): { readonly purpose: TokenPurpose; readonly subscription: Subscription } | null;
  /** Starts the subscription of a confirmation token and uses the token up; answers a token that manages it. */
  confirm(token: string, nowMs: number): string | null;
  change(id: number, choice: SubscriptionChoice, nowMs: number): void;
  pause(id: number): void;
  /** What came during the pause is not mailed. */
  resume(id: number, nowMs: number): void;
  /** Ends it; mails already queued are cancelled. */
  leave(id: number): void;
  /** Deletes the subscriber with everything known about them. */
  forget(id: number): void;
  /** Empties the write-ahead log, in which what was deleted still stands; throws while somebody reads from it. */
  emptyLog(): void;
  history(id: number, limit: number): readonly PastDelivery[];
  /** Counts a bounce of a mail of ours; answers what follows from it, null when there is no mail of that name. */
  bounce(report: BounceReport, nowMs: number): 'suppressed' | 'counted' | 'known' | null;
  /** Lets an address get mail again; false when it was not suppressed. */
  allow(address: MailAddress): boolean;
};

/** A mail came back. The name is as good as a signature: only we and whoever got the mail know it. */
export type BounceReport = { readonly messageName: string; readonly hard: boolean; readonly reason: string };

export type TokenPurpose = 'confirm' | 'manage';

/** Held by the one process that sends mails; freed by the system when it dies. */
export type SenderLock = {
  /** Null at once when another process sends. */
  runExclusively<T>(work: () => Promise<T>): Promise<T | null>;
};
