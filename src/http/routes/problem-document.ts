/** Wraps route handlers: expected errors become problem documents (RFC 9457) or pages, others a 500 without details. */

import { AppError, isClientGone, retryAfter } from '#core/errors.ts';
import { problemPage, wantsPage } from './problem-page.ts';

/** `params` is undefined for a route without parameters, whatever Next's types say. */
export type Context = { readonly params: Promise<Readonly<Record<string, string | string[] | undefined>>> };

export function route(handle: (request: Request, context: Context) => Promise<Response>) {
  return async (request: Request, context: Context): Promise<Response> => {
    try {
      return await handle(request, context);
    } catch (error) {
      if (isClientGone(error)) return toNobody();
      return error instanceof AppError && wantsPage(request) ? pageOf(error) : problemOf(error);
    }
  };
}

const titles: Readonly<Record<number, string>> = {
  400: 'Bad request',
  403: 'Forbidden',
  404: 'Not found',
  413: 'Too large',
  422: 'Unprocessable',
  429: 'Too many requests',
  503: 'Unavailable',
};

/** nginx logs 499 for a client that closed its connection. It is never sent. */
const toNobody = (): Response => new Response(null, { status: 499 });

/** The error as a page for people. */
function pageOf(error: AppError): Response {
  const title = error.code === 'unavailable' ? 'Not just now' : (titles[error.status] ?? 'This did not work');
  const headers = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', ...retryAfter(error) };
  return new Response(problemPage(title, error.message), { status: error.status, headers });
}

/** Returns the problem document of an error. A bug is logged under an id, and its message stays in the log. */
export function problemOf(error: unknown): Response {
  if (error instanceof AppError)
    return problem(
      error.status,
      { title: titles[error.status], detail: error.message, code: error.code, ...error.details },
      retryAfter(error),
    );
  const id = crypto.randomUUID();
  console.error(id, error);
  return problem(500, {
    title: 'Internal error',
    detail: 'Something went wrong here. The log has more under this number.',
    instance: `urn:uuid:${id}`,
  });
}

function problem(
  status: number,
  body: Readonly<Record<string, unknown>>,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return Response.json(
    { type: 'about:blank', status, ...body },
    {
      status,
      headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...anyOrigin, ...headers },
    },
  );
}

const anyOrigin = { 'access-control-allow-origin': '*' };
