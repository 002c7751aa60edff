/** Messages between the main thread and the front thread. */
import type { Readiness } from '#platform/readiness.ts';

export type FrontMessage = { readonly kind: 'listening'; readonly port: number } | { readonly kind: 'ping' };

export type MainMessage =
  /** The response to each ping. */
  { readonly kind: 'pong'; readonly readiness: Readiness } | { readonly kind: 'stop' };
