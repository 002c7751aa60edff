/** What an attacker does, as data that goes from one process to another. */

type Timed = { readonly seconds: number; readonly connections: number; readonly path: string };

export type AttackSpec =
  /** Each connection sends a request and waits for its response; `{n}` in path and body is another number each time. */
  | (Timed & {
      readonly kind: 'loop';
      readonly method?: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    })
  /** A connection for each request, closed as soon as that is sent. */
  | { readonly kind: 'sendAndClose'; readonly count: number; readonly path: string }
  /** All requests on one connection, which reads nothing. */
  | { readonly kind: 'pipeline'; readonly count: number; readonly path: string; readonly seconds: number }
  /** Takes a few bytes of a long response and then nearly nothing. */
  | (Timed & { readonly kind: 'readSlowly' })
  /** Sends a header field now and then and never the end. */
  | (Timed & { readonly kind: 'sendHeadSlowly' })
  /** Sends a byte of a long body now and then. */
  | (Timed & { readonly kind: 'sendBodySlowly' })
  /** Breaks connections off at random moments, with resets, half requests and bytes of TLS. */
  | (Timed & { readonly kind: 'breakOff' });

export type AttackReport = {
  readonly seconds: number;
  /** How often each status came. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Responses with status 503 that say when to come again. */
  readonly toldWhen: number;
  readonly failures: number;
  readonly p50Ms: number;
};
