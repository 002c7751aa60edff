/** Sends one request: checks the resolved address, limits time and size, and decompresses the body. */
import { lookup as dnsLookup } from 'node:dns';
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { PermanentError, ResponseTimeout } from './errors.ts';
import { isPublicAddress } from './public-address.ts';
import { readBody } from './read-body.ts';

export type Limits = {
  readonly connectMs: number;
  readonly headerMs: number;
  readonly idleMs: number;
  readonly totalMs: number;
  readonly bodyBytesMax: number;
  /** Decompressed bytes per byte on the wire. */
  readonly ratioMax: number;
};

export const defaultLimits: Limits = {
  connectMs: 10_000,
  headerMs: 60_000,
  idleMs: 30_000,
  totalMs: 180_000,
  bodyBytesMax: 5_000_000,
  ratioMax: 100,
};

export type OutgoingRequest = {
  readonly headers: Readonly<Record<string, string>>;
  readonly limits: Limits;
  /** The server may have a private address. */
  readonly isTrusted: boolean;
  readonly signal?: AbortSignal | undefined;
};

export type ReceivedResponse = {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Uint8Array;
};

export async function requestOnce(url: URL, request: OutgoingRequest): Promise<ReceivedResponse> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  // A literal address needs no lookup, so `lookupPublic` would not see it.
  if (!request.isTrusted && isIP(host) !== 0 && !isPublicAddress(host)) throw forbidden(host);
  const stop = new AbortController();
  const timers = startTimers(request.limits, stop);
  const signal = request.signal ? AbortSignal.any([stop.signal, request.signal]) : stop.signal;
  try {
    const response = await send(url, request, signal, timers);
    const body = await readBody(response, request.limits, timers.received);
    return { status: response.statusCode ?? 0, headers: response.headers, body };
  } catch (error) {
    throw stop.signal.aborted ? stop.signal.reason : error;
  } finally {
    timers.end();
    // Closes a connection that is still open, such as that of a body over the limit.
    stop.abort();
  }
}

type Timers = { connected(): void; received(): void; end(): void };

/** Starts one timer for the whole request and one for each step: connect, headers, next chunk. */
function startTimers(limits: Limits, stop: AbortController): Timers {
  const after = (ms: number, what: string) =>
    setTimeout(() => stop.abort(new ResponseTimeout(`${what} ${ms / 1000} s`)), ms);
  const total = after(limits.totalMs, 'the whole answer took longer than');
  let step = after(limits.connectMs, 'connecting took longer than');
  const next = (ms: number, what: string) => {
    clearTimeout(step);
    step = after(ms, what);
  };
  return {
    connected: () => next(limits.headerMs, 'it gave no answer for'),
    received: () => next(limits.idleMs, 'it fell silent for'),
    end: () => {
      clearTimeout(total);
      clearTimeout(step);
    },
  };
}

function send(
  url: URL,
  { headers, isTrusted }: OutgoingRequest,
  signal: AbortSignal,
  timers: Timers,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const client = url.protocol === 'https:' ? https : http;
    const request = client.request(url, {
      headers,
      signal,
      agent: false,
      ...(isTrusted ? {} : { lookup: lookupPublic }),
    });
    request.on('socket', (socket) =>
      socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', timers.connected),
    );
    request.on('response', (response) => {
      timers.received();
      resolve(response);
    });
    request.on('error', reject);
    request.end();
  });
}

/** Resolves a name to its public addresses. The socket connects to the checked address, so DNS rebinding fails. */
const lookupPublic: LookupFunction = (hostname, options, callback) => {
  dnsLookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, '', 0);
    const allowed = addresses.filter(({ address }) => isPublicAddress(address));
    const [first] = allowed;
    if (!first) return callback(forbidden(hostname), '', 0);
    return options.all ? callback(null, allowed) : callback(null, first.address, first.family);
  });
};

function forbidden(host: string): PermanentError {
  return new PermanentError(
    `${host} is an address of this machine or of its own network, which a source may not lead to`,
  );
}
