/** What the routes of the API share: answers that any page may read, entity tags from the store's revision, and two forms of errors. */
import { isFresh, notModified } from '#app/conditional';
import { type Context, problemOf } from '#app/route-handler';
import { app } from '#app/server';
import { AppError, retryAfter } from '#core/errors';
import { NoParametersSchema } from '#serve/api-parameters';
import { readParameters } from '#serve/read-parameters';

/** Any page may read what is public, and the headers it may want. */
export const anyOrigin = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'Link, ETag, RateLimit, RateLimit-Policy',
};

/** Nothing is counted here: the whole quota is always left. For clients that read these before they go on. */
const rateLimit = { ratelimit: '"api";r=500;t=300', 'ratelimit-policy': '"fixed window";"api";q=500;w=300' };

export type Answer = {
  /** Anything that JSON can say, or text with its `type`. */
  readonly body: unknown;
  readonly type?: string;
  /** Of the store, when the answer may be older than the store is now; null for what may be better in a moment. */
  readonly revision?: number | null;
  readonly headers?: Readonly<Record<string, string>>;
};

export type Handle = (request: { readonly params: URLSearchParams; readonly path: string }) => Promise<Answer> | Answer;

/** Our own routes: errors are problem documents (RFC 9457). */
export const apiRoute = (handle: Handle) => respond(handle, { headers: anyOrigin, toError: (error) => problemOf(error) });

/** Routes without any parameter. */
export const plainApiRoute = (handle: Handle) =>
  apiRoute((request) => {
    readParameters(NoParametersSchema, request.params);
    return handle(request);
  });

/** Routes of the drop-in for the Hugging Face papers API: errors are `{ "error": … }`. */
export const hfRoute = (handle: Handle) => respond(handle, { headers: { ...anyOrigin, ...rateLimit }, toError: toHfError });

type Manner = { readonly headers: Readonly<Record<string, string>>; readonly toError: (error: unknown) => Promise<Response> | Response };

function respond(handle: Handle, { headers, toError }: Manner) {
  return async (request: Request, { params }: Context): Promise<Response> => {
    try {
      const url = new URL(request.url);
      // Before the answer is made: old bytes must never carry a new tag.
      const revision = await app().revision();
      const tagOf = (of: number) => app().etag(of, url.pathname, url.search);
      const shared = { ...headers, 'cache-control': 'no-cache' };
      if (isFresh(request, tagOf(revision))) return notModified({ ...shared, etag: tagOf(revision) });
      const answer = await handle({ params: url.searchParams, path: toPath((await params)?.path) });
      const { body, type, revision: of = revision } = answer;
      const kept = of === null ? { 'cache-control': 'no-store' } : { etag: tagOf(Math.min(of, revision)) };
      const sent = { ...shared, ...answer.headers, ...kept };
      return type === undefined
        ? Response.json(body, { headers: sent })
        : new Response(String(body), { headers: { ...sent, 'content-type': type } });
    } catch (error) {
      const response = await toError(error);
      for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
      return response;
    }
  };
}

/** The segments of a catch-all, decoded and joined: old arXiv ids have a slash. Throws `bad_request`. */
export function toPath(path: string | readonly string[] | undefined = []): string {
  return [path].flat().map(decodeSegment).join('/');
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new AppError('bad_request', 'The address is not UTF-8.');
  }
}

async function toHfError(error: unknown): Promise<Response> {
  const response = problemOf(error);
  const { detail } = (await response.json()) as { readonly detail: string };
  return Response.json(
    { error: detail },
    { status: response.status, headers: { 'cache-control': 'no-store', ...(error instanceof AppError ? retryAfter(error) : {}) } },
  );
}

/** The question a browser asks first where a request carries more than a form could send. */
export function preflight(): Response {
  return new Response(null, {
    status: 204,
    headers: {
      ...anyOrigin,
      'access-control-allow-methods': 'GET, HEAD, OPTIONS',
      'access-control-allow-headers': 'Accept, Authorization, Content-Type, If-None-Match, X-Amzn-Trace-Id',
      'access-control-max-age': '86400',
    },
  });
}
