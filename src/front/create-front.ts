/** What stands before the pages: each is made once for as long as it holds, and sent from memory. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Answer, mayBeKept, toKeptAnswer } from './answer.ts';
import { createEntryCache } from './entry-cache.ts';
import { forwardedFor, type Origin, type OriginAnswer } from './origin-client.ts';
import { type KeepRule, ruleOf } from './page-rules.ts';
import { refuseMethod } from './refuse-method.ts';
import { toOriginForm } from './request-target.ts';
import { sendAnswer } from './send-answer.ts';
import { createTurnstile } from './turnstile.ts';

/** Pages made at once: one is written while the other's search runs. With more, all of them wait for each other. */
const madeAtOnce = 2;
/** A page that is not made by then waits for a search: the next one is begun. */
const patienceMs = 100;

export type FrontOptions = {
  readonly origin: Origin;
  /** The store's revision now; throws when the store does not answer. */
  readonly revision: () => number;
  readonly bytesMax: number;
  readonly nowMs?: () => number;
  readonly onError?: (error: unknown) => void;
};

/** Of which revision an answer is: `build` of any, null of none that is known. */
type Revision = number | 'build' | null;
type Entry = { readonly answer: Answer; readonly revision: Revision; readonly untilMs: number; readonly bytes: number };

export function createFront({ origin, revision, bytesMax, nowMs = () => performance.now(), onError = console.error }: FrontOptions) {
  const cache = createEntryCache<Entry>(bytesMax);
  /** Answers being made: whoever asks for the same meanwhile waits with the first. */
  const running = new Map<string, Promise<Answer>>();
  const inTurn = createTurnstile(madeAtOnce, patienceMs);
  let latest: number | null = null;

  const readRevision = (): number | null => {
    try {
      const now = revision();
      if (now !== latest) cache.removeWhere((entry) => entry.revision !== 'build' && entry.revision !== now);
      latest = now;
      return now;
    } catch {
      return null; // the page itself says what is wrong
    }
  };

  const make = async (url: string, rule: KeepRule, before: Revision): Promise<Answer> => {
    const ask = () => origin.ask({ url, headers: rule.headers });
    const made = await (rule.isQuick ? ask() : inTurn(ask));
    if (!mayBeKept(made)) return new Answer(made);
    const answer = toKeptAnswer(made);
    const holds = before === 'build' || (before !== null && readRevision() === before && isOf(made, before));
    if (holds) cache.set(rule.key, toEntry(answer, before, nowMs() + rule.lifetimeMs));
    return answer;
  };

  const findOrMake = (url: string, rule: KeepRule): Promise<Answer> | Answer => {
    // Read before anything is made from the store, so that no page is taken for newer than it is.
    const before = rule.isOfTheBuild ? 'build' : readRevision();
    const found = cache.get(rule.key);
    if (found && found.revision === before && nowMs() < found.untilMs) return found.answer;
    const runKey = `${before} ${rule.key}`;
    const already = running.get(runKey);
    if (already) return already;
    const making = make(url, rule, before).finally(() => running.delete(runKey));
    running.set(runKey, making);
    return making;
  };

  return {
    bytes: cache.bytes,
    count: cache.count,
    async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
      const url = toOriginForm(request.url);
      if (url === null) return refuseTarget(response);
      request.url = url;
      const rule = ruleOf(request);
      const { headers } = request;
      try {
        if (rule.kind === 'refuse') return refuseMethod(response);
        if (rule.kind === 'pass') return await origin.pass(request, response);
        if (rule.kind === 'alone') {
          const asked = { url, headers: { ...headers, ...forwardedFor(request) } };
          return await sendAnswer(new Answer(await origin.ask(asked)), request, response);
        }
        const answer = await findOrMake(url, rule);
        await sendAnswer(answer, request, response);
        cache.measure(rule.key);
      } catch (error) {
        onError(error);
        if (response.headersSent) response.destroy();
        else response.writeHead(500, plainText).end('Something went wrong here. The log has more.\n');
      }
    },
  };
}

const plainText = { 'content-type': 'text/plain; charset=utf-8' };

function refuseTarget(response: ServerResponse): void {
  response.writeHead(400, plainText).end('This request names no address here: it takes a path, such as /papers.\n');
}

/** It grows with each encoding that is asked for. */
function toEntry(answer: Answer, revision: Revision, untilMs: number): Entry {
  return {
    answer,
    revision,
    untilMs,
    get bytes() {
      return answer.bytes;
    },
  };
}

/** Whether everything that the page read was of this revision: the search may still be behind, or already ahead. */
const isOf = ({ revisions }: OriginAnswer, revision: number): boolean => [...revisions].every((read) => read === revision);
