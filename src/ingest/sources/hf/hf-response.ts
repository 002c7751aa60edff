/** Fetches a page of Hugging Face's listing API and retries invalid responses. */
import { FetchFailure, type Validators } from '#core/ports/http-client.ts';
import type { FetchContext } from '#ingest/fetch-source.ts';

export type HfPage = {
  readonly unchanged: boolean;
  readonly items: readonly unknown[];
  readonly next: string | null;
  readonly validators: Validators | null;
  /** The server's error message for a day that may have no list; null otherwise. */
  readonly rejection: string | null;
};

type ItemsRequest = { readonly mayBeEmpty: boolean; readonly validators?: Validators | null };

const attemptsMax = 4;

/**
 * Fetches a list. Retries a body that is not a list (`1`, `{"status": …}`) and an unexpected empty list.
 * Both are known transient errors. After the last attempt an empty list is accepted, any other body is a failure.
 */
export async function fetchItems(
  context: FetchContext,
  url: URL,
  { mayBeEmpty, validators = null }: ItemsRequest,
): Promise<HfPage> {
  let page: HfPage | null = null;
  let unexpected = '';
  for (let attempt = 0; attempt < attemptsMax; attempt++) {
    const response = await context.get(url, { accept: 'application/json', validators, signal: context.signal });
    const value = parseJson(response.body);
    const emptyPage = {
      unchanged: response.unchanged,
      items: [],
      next: response.next,
      validators: response.validators,
      rejection: null,
    };
    if (response.unchanged) return emptyPage;
    if (response.status >= 400)
      return { ...emptyPage, rejection: rejectionOf(response.status, value, url, mayBeEmpty) };
    // On weekends the body can be a bare number.
    if (mayBeEmpty && typeof value === 'number') return emptyPage;
    if (Array.isArray(value)) page = { ...emptyPage, items: value };
    else unexpected = excerptOf(response.body);
    if (page && (mayBeEmpty || page.items.length > 0)) return page;
  }
  if (page) return page;
  throw new FetchFailure(`Hugging Face answered ${unexpected} where a list of papers was expected (${url.search}).`);
}

/** Returns the server's error message for a day that may have no list yet. Throws for any other error status. */
function rejectionOf(status: number, value: unknown, url: URL, mayBeEmpty: boolean): string {
  const detail =
    typeof value === 'object' && value !== null && 'error' in value ? `: ${String(value.error).slice(0, 200)}` : '';
  const message = `Hugging Face refused ${url.search} with status ${status}${detail}`;
  if (mayBeEmpty && status === 400) return message;
  throw new FetchFailure(message);
}

function parseJson(body: Uint8Array): unknown {
  const text = new TextDecoder().decode(body);
  try {
    return JSON.parse(text);
  } catch {
    return text; // the caller reports it as an unexpected body
  }
}

function excerptOf(body: Uint8Array): string {
  const text = new TextDecoder().decode(body.subarray(0, 200)).trim();
  return text === '' ? 'nothing' : text.length <= 80 ? text : `${text.slice(0, 80)}…`;
}
