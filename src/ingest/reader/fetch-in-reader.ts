/** A source on the network as the reading thread sees it: what it asks for, the other thread gets. */
import { FetchFailure, type HttpResponse, type Validators } from '#core/ports/http-client.ts';
import type { FetchEvent } from '#ingest/fetch-source.ts';
import { findFetchSource } from '#ingest/sources/index.ts';
import type { ReaderMessage, ReaderRequest, ReaderTask, StoringMessage } from './reader-messages.ts';

type Line = {
  /** ISO 8601 in UTC. */
  readonly now: () => string;
  readonly post: (message: ReaderMessage) => void;
  readonly listen: (hear: (message: StoringMessage) => void) => void;
};

type Waiting = {
  readonly resolve: (value: HttpResponse | Validators | null) => void;
  readonly reject: (error: FetchFailure) => void;
};

export function fetchEvents(
  task: Extract<ReaderTask, { kind: 'fetch' }>,
  { post, listen, now }: Line,
): AsyncIterable<FetchEvent> {
  const waiting = new Map<number, Waiting>();
  let requests = 0;
  listen((message) => {
    if (message.kind === 'taken') return;
    const one = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.kind === 'response') one?.resolve(message.value);
    else one?.reject(new FetchFailure(message.reason, { retryAt: message.retryAt }));
  });
  const request = (asked: ReaderRequest) =>
    new Promise<HttpResponse | Validators | null>((resolve, reject) => {
      const id = ++requests;
      waiting.set(id, { resolve, reject });
      post({ kind: 'request', id, request: asked });
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
