/** The attacks as JSON data, which the attacker's process receives. */

type Timed = { readonly seconds: number; readonly connections: number; readonly path: string };

export type AttackSpec =
  /** Each connection sends a request, waits for the response and repeats. `{n}` in path and body is a new number. */
  | (Timed & {
      readonly kind: 'loop';
      readonly method?: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    })
  /** Opens a connection for each request and closes it as soon as the request is sent. */
  | { readonly kind: 'sendAndClose'; readonly count: number; readonly path: string }
  /** Sends all requests on one connection and never reads. */
  | { readonly kind: 'pipeline'; readonly count: number; readonly path: string; readonly seconds: number }
  /** Reads a few bytes of a long response and then almost nothing. */
  | (Timed & { readonly kind: 'readSlowly' })
  /** Sends header fields slowly and never ends the head. */
  | (Timed & { readonly kind: 'sendHeadSlowly' })
  /** Sends a long body slowly, byte by byte. */
  | (Timed & { readonly kind: 'sendBodySlowly' })
  /** Breaks connections at random moments: resets, partial requests and TLS bytes. */
  | (Timed & { readonly kind: 'breakOff' });

export type AttackReport = {
  readonly seconds: number;
  /** Number of responses by status. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Number of 503 responses with `Retry-After`. */
  readonly toldWhen: number;
  readonly failures: number;
  readonly p50Ms: number;
};
