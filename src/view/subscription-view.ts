/** The views of the e-mail digest: form, subscription and outbox. */
import type { ChipView } from './list/paper-list-view.ts';
import type { DateView } from './paper/paper-view.ts';

/** The settings of a subscription, as values of form fields. */
export type SubscriptionFormView = {
  /** The filter in the syntax of the search box. */
  readonly q: string;
  readonly rhythm: 'daily' | 'weekdays' | 'weekly';
  /** Selected ISO weekdays, Monday = 1. */
  readonly weekdays: readonly number[];
  readonly hour: number;
  readonly timeZone: string;
  readonly mailsEmpty: boolean;
};

export type SubscribeView = {
  readonly form: SubscriptionFormView;
  readonly chips: readonly ChipView[];
  /** `35 papers match today`: matches in the whole store. */
  readonly countLabel: string;
  /** Messages about the filter or the last submission. */
  readonly notes: readonly string[];
  /** Address of the mail's preview, for an iframe. */
  readonly previewHref: string;
  readonly timeZones: readonly string[];
};

export type PastMailView = { readonly date: DateView; readonly label: string };

export type SubscriptionView = {
  readonly state: 'pending' | 'active' | 'paused' | 'left';
  /** Confirms the last action. */
  readonly notice: string | null;
  /** Masked address: `a••••@example.org`. */
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
  /** Why no mail can be sent to the address; null if it can. */
  readonly suppressed: string | null;
  /** Form actions of the buttons. */
  readonly actions: Readonly<Record<'confirm' | 'change' | 'pause' | 'resume' | 'leave' | 'forget', string>>;
};

export type OutboxMailView = {
  readonly name: string;
  readonly href: string;
  readonly to: string;
  readonly subject: string;
  readonly date: string;
};
