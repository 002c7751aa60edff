/** One answer of Hugging Face's listing API: a list of items, or what it is instead. */
import { FetchFailure, type Validators } from '#core/ports/http-client.ts';
import type { FetchContext } from '#ingest/fetch-source.ts';

export type HfPage = {
  readonly unchanged: boolean;
  readonly items: readonly unknown[];
  readonly next: string | null;
  readonly validators: Validators | null;
  /** Why the server did not give the list, when it is allowed to have none. */
  readonly refusal: string | null;
};

type ItemsRequest = { readonly mayBeEmpty: boolean; readonly validators?: Validators | null };

const triesMax = 4;

/**
 * Asks for a list. What is no list (`1`, `{"status": …}`) and an empty list where there should be papers are asked for again: both are
 * known to pass. An empty one is believed in the end, what is no list is a failure.
 */
export async function fetchItems(
  context: FetchContext,
  url: URL,
  { mayBeEmpty, validators = null }: ItemsRequest,
): Promise<HfPage> {
  let page: HfPage | null = null;
  let oddity = '';
  for (let tries = 0; tries < triesMax; tries++) {
    const answer = await context.get(url, { accept: 'application/json', validators, signal: context.signal });
    const value = parseJson(answer.body);
    const found = {
      unchanged: answer.unchanged,
      items: [],
      next: answer.next,
      validators: answer.validators,
      refusal: null,
    };
    if (answer.unchanged) return found;
    if (answer.status >= 400) return { ...found, refusal: refusalOf(answer.status, value, url, mayBeEmpty) };
    // A weekend's answer can be a bare number.
    if (mayBeEmpty && typeof value === 'number') return found;
    if (Array.isArray(value)) page = { ...found, items: value };
    else oddity = beginningOf(answer.body);
    if (page && (mayBeEmpty || page.items.length > 0)) return page;
  }
  if (page) return page;
  throw new FetchFailure(`Hugging Face answered ${oddity} where a list of papers was expected (${url.search}).`);
}

/** Its own words, where a day may have no list yet; elsewhere a failure. */
function refusalOf(status: number, value: unknown, url: URL, mayBeEmpty: boolean): string {
  const said =
    typeof value === 'object' && value !== null && 'error' in value ? `: ${String(value.error).slice(0, 200)}` : '';
  const sentence = `Hugging Face refused ${url.search} with status ${status}${said}`;
  if (mayBeEmpty && status === 400) return sentence;
  throw new FetchFailure(sentence);
}

function parseJson(body: Uint8Array): unknown {
  const text = new TextDecoder().decode(body);
  try {
    return JSON.parse(text);
  } catch {
    return text; // told as what it is, where a list was expected
  }
}

function beginningOf(body: Uint8Array): string {
  const text = new TextDecoder().decode(body.subarray(0, 200)).trim();
  return text === '' ? 'nothing' : text.length <= 80 ? text : `${text.slice(0, 80)}…`;
}
