/** Which server an address belongs to: its pace and its circuit are kept under one key, however many hosts it has. */
import type { Pace } from './pace.ts';

export type HostRule = { readonly key: string; readonly pace: Pace };
export type HostRules = (url: URL) => HostRule;

/** arXiv asks for one request in three seconds over all its services; half a second more, as requests differ in how long they take to arrive. */
const arxiv: HostRule = { key: 'arxiv', pace: { limit: 1, windowMs: 3_500 } };
/** Hugging Face's limit for those who do not sign in. */
const huggingFace: HostRule = { key: 'hf', pace: { limit: 500, windowMs: 300_000 } };
const othersPace: Pace = { limit: 1, windowMs: 1_000 };

export function createHostRules(endpoints: { readonly hf: string; readonly arxiv: string }): HostRules {
  const [hfOrigin, arxivOrigin] = [new URL(endpoints.hf).origin, new URL(endpoints.arxiv).origin];
  return (url) => {
    if (url.origin === arxivOrigin || isOf(url, 'arxiv.org')) return arxiv;
    if (url.origin === hfOrigin || isOf(url, 'huggingface.co')) return huggingFace;
    return { key: url.origin, pace: othersPace };
  };
}

function isOf({ hostname }: URL, domain: string): boolean {
  return hostname === domain || hostname.endsWith(`.${domain}`);
}
