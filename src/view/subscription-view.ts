/** What the pages of the e-mail digest show: the form, a subscription with its past mails, and the outbox. */
import type { ChipView } from './list/paper-list-view.ts';
import type { DateView } from './paper/paper-view.ts';

/** The choices of a subscription as the form's fields hold them. */
export type SubscriptionFormView = {
  /** The filter in words, as one types it into the search box. */
  readonly q: string;
  readonly rhythm: 'daily' | 'weekdays' | 'weekly';
  /** ISO weekdays, ticked. */
  readonly weekdays: readonly number[];
  readonly hour: number;
  readonly timeZone: string;
  readonly mailsEmpty: boolean;
};

export type SubscribeView = {
  readonly form: SubscriptionFormView;
  readonly chips: readonly ChipView[];
  /** `35 papers match today`, of the whole store. */
  readonly countLabel: string;
  /** What is to be said of the filter or of what was sent before. */
  readonly notes: readonly string[];
  /** The very mail, framed. */
  readonly previewHref: string;
  readonly timeZones: readonly string[];
};

export type PastMailView = { readonly date: DateView; readonly label: string };

export type SubscriptionView = {
  readonly state: 'pending' | 'active' | 'paused' | 'left';
  /** What the button that led here did. */
  readonly notice: string | null;
  /** `a••••@example.org`: enough to tell two addresses apart. */
  readonly address: string;
  /** `Code generation, 1–5 authors`. */
  readonly filter: string;
  /** `Every day at 07:00, Europe/Berlin`. */
  readonly rhythm: string;
  readonly next: DateView | null;
  readonly form: SubscriptionFormView;
  readonly listHref: string;
  readonly timeZones: readonly string[];
  readonly past: readonly PastMailView[];
  /** Why nothing can be sent to the address. */
  readonly suppressed: string | null;
  /** Where the buttons post to. */
  readonly actions: Readonly<Record<'confirm' | 'change' | 'pause' | 'resume' | 'leave' | 'forget', string>>;
};

export type OutboxMailView = {
  readonly name: string;
  readonly href: string;
  readonly to: string;
  readonly subject: string;
  readonly date: string;
};
