/** Builds every address of the subscription pages. */

export const subscribePath = '/subscribe';
export const forgottenPath = '/subscribe/forgotten';
export const requestedPath = '/subscribe/requested';
export const previewPath = '/subscribe/preview';
export const outboxPath = '/outbox';

export const subscriptionActions = ['confirm', 'change', 'pause', 'resume', 'leave', 'forget'] as const;
export type SubscriptionAction = (typeof subscriptionActions)[number];

export const isSubscriptionAction = (text: string): text is SubscriptionAction =>
  subscriptionActions.some((action) => action === text);

/** A token is 32 bytes in base64url. */
export const isToken = (text: string): boolean => /^[\w-]{43}$/.test(text);

export function subscriptionPath(token: string, action?: SubscriptionAction): string {
  return `/subscription/${token}${action ? `/${action}` : ''}`;
}

/** The page to show after an action whose effect the page does not otherwise show. */
export const donePath = (token: string, action: 'confirm' | 'change'): string =>
  `${subscriptionPath(token)}?done=${action}`;
