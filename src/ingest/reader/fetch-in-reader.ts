/** Runs a network source in the reader thread. Sends its HTTP requests to the storing thread. */
import { FetchFailure, type HttpResponse, type Validators } from '#core/ports/http-client.ts';
import type { FetchEvent } from '#ingest/fetch-source.ts';
import { findFetchSource } from '#ingest/sources/index.ts';
import type { ReaderMessage, ReaderRequest, ReaderTask, StoringMessage } from './reader-messages.ts';

type Channel = {
  /** ISO 8601 in UTC. */
  readonly now: () => string;
  readonly post: (message: ReaderMessage) => void;
  readonly listen: (handle: (message: StoringMessage) => void) => void;
};

type PendingRequest = {
  readonly resolve: (value: HttpResponse | Validators | null) => void;
  readonly reject: (error: FetchFailure) => void;
};

export function fetchEvents(
  task: Extract<ReaderTask, { kind: 'fetch' }>,
  { post, listen, now }: Channel,
): AsyncIterable<FetchEvent> {
  const pending = new Map<number, PendingRequest>();
  let lastId = 0;
  listen((message) => {
    if (message.kind === 'taken') return;
    const request = pending.get(message.id);
    pending.delete(message.id);
    if (message.kind === 'response') request?.resolve(message.value);
    else request?.reject(new FetchFailure(message.reason, { retryAt: message.retryAt }));
  });
  const request = (body: ReaderRequest) =>
    new Promise<HttpResponse | Validators | null>((resolve, reject) => {
      const id = ++lastId;
      pending.set(id, { resolve, reject });
      post({ kind: 'request', id, request: body });
    });
  return findFetchSource(task.source).fetch(
    {
      endpoint: task.endpoint,
      cursor: task.cursor,
      now,
      get: async (url, { accept, validators }) =>
        (await request({
          kind: 'get',
          url: url.href,
          options: { accept, validators: validators ?? null },
        })) as HttpResponse,
      validatorsOf: async (url) => (await request({ kind: 'validators', url })) as Validators | null,
    },
    task.options,
  );
}
