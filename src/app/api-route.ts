/** Builds the route handlers of the API: CORS headers, caching and two error formats. */

import { readParameters } from '#api/read-parameters.ts';
import { NoParametersSchema } from '#api/v1/parameters.ts';
import { AppError, retryAfter } from '#core/errors.ts';
import { type Context, problemOf } from '#http/routes/problem-document.ts';

/** CORS: pages of every origin may read these responses and headers. */
export const anyOrigin = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'Link, ETag, RateLimit, RateLimit-Policy',
};

/** Some clients read these headers. The API does not count requests, so they always report the whole quota. */
const rateLimit = { ratelimit: '"api";r=500;t=300', 'ratelimit-policy': '"fixed window";"api";q=500;w=300' };

export type ApiResponse = {
  /** A JSON value, or a text if `type` is set. */
  readonly body: unknown;
  /** Media type. */
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

export type ApiHandler = (request: {
  readonly params: URLSearchParams;
  readonly path: string;
}) => Promise<ApiResponse> | ApiResponse;

/** For our own routes: errors are problem details (RFC 9457). */
export const apiRoute = (handle: ApiHandler) =>
  respond(handle, { headers: anyOrigin, toError: (error) => problemOf(error) });

/** For our own routes without query parameters. */
export const plainApiRoute = (handle: ApiHandler) =>
  apiRoute((request) => {
    readParameters(NoParametersSchema, request.params);
    return handle(request);
  });

/** For routes that copy the Hugging Face papers API: errors are `{ "error": … }`. */
export const hfRoute = (handle: ApiHandler) =>
  respond(handle, { headers: { ...anyOrigin, ...rateLimit }, toError: toHfError });

type ResponseOptions = {
  readonly headers: Readonly<Record<string, string>>;
  readonly toError: (error: unknown) => Promise<Response> | Response;
};

function respond(handle: ApiHandler, { headers, toError }: ResponseOptions) {
  return async (request: Request, { params }: Context): Promise<Response> => {
    try {
      const result = await handle({ params: new URL(request.url).searchParams, path: toPath((await params)?.path) });
      const { body, type } = result;
      // The page cache adds an entity tag and handles conditional requests.
      const sentHeaders = { ...headers, 'cache-control': 'no-cache', ...result.headers };
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

/** Decodes and joins the segments of a catch-all route, because old arXiv ids have a slash. Throws `bad_request`. */
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

/** Returns the response to a CORS preflight request. */
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
