/** What the routes of the API share: answers that any page may read, and two forms of errors. */

import { readParameters } from '#api/read-parameters.ts';
import { NoParametersSchema } from '#api/v1/parameters.ts';
import { AppError, retryAfter } from '#core/errors.ts';
import { type Context, problemOf } from '#http/routes/problem-document.ts';

/** Any page may read what is public, and the headers it may want. */
export const anyOrigin = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'Link, ETag, RateLimit, RateLimit-Policy',
};

/** Nothing is counted here: the whole quota is always left. For clients that read these before they go on. */
const rateLimit = { ratelimit: '"api";r=500;t=300', 'ratelimit-policy': '"fixed window";"api";q=500;w=300' };

export type ApiResponse = {
  /** Anything that JSON can say, or text with its `type`. */
  readonly body: unknown;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

export type ApiHandler = (request: { readonly params: URLSearchParams; readonly path: string }) => Promise<ApiResponse> | ApiResponse;

/** Our own routes: errors are problem documents (RFC 9457). */
export const apiRoute = (handle: ApiHandler) =>
  respond(handle, { headers: anyOrigin, toError: (error) => problemOf(error) });

/** Routes without any parameter. */
export const plainApiRoute = (handle: ApiHandler) =>
  apiRoute((request) => {
    readParameters(NoParametersSchema, request.params);
    return handle(request);
  });

/** Routes of the drop-in for the Hugging Face papers API: errors are `{ "error": … }`. */
export const hfRoute = (handle: ApiHandler) =>
  respond(handle, { headers: { ...anyOrigin, ...rateLimit }, toError: toHfError });

type ResponseOptions = {
  readonly headers: Readonly<Record<string, string>>;
  readonly toError: (error: unknown) => Promise<Response> | Response;
};

function respond(handle: ApiHandler, { headers, toError }: ResponseOptions) {
  return async (request: Request, { params }: Context): Promise<Response> => {
    try {
      const answer = await handle({ params: new URL(request.url).searchParams, path: toPath((await params)?.path) });
      const { body, type } = answer;
      // The page cache gives it an entity tag, and answers 304.
      const sentHeaders = { ...headers, 'cache-control': 'no-cache', ...answer.headers };
      return type === undefined
        ? Response.json(body, { headers: sentHeaders })
        : new Response(String(body), { headers: { ...sentHeaders, 'content-type': type } });
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
    {
      status: response.status,
      headers: { 'cache-control': 'no-store', ...(error instanceof AppError ? retryAfter(error) : {}) },
    },
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
