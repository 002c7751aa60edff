/** Maps an address to the server that shares its pace and circuit, even across several hosts. */
import type { Pace } from './pace.ts';

export type HostRule = { readonly key: string; readonly pace: Pace };
export type HostRules = (url: URL) => HostRule;

/** arXiv allows one request in 3 s over all its services. Half a second more absorbs network jitter. */
const arxiv: HostRule = { key: 'arxiv', pace: { limit: 1, windowMs: 3_500 } };
/** Hugging Face's limit for anonymous clients. */
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
