/** Defines the page's Trusted Types policies: which strings may become HTML or the URL of a script. */

/** The part of the Trusted Types API that this file uses. TypeScript's DOM types lack it. */
type Policy = { createHTML(text: string): unknown };
type Rules = { readonly [Rule in 'createHTML' | 'createScriptURL']?: (text: string) => string | null };
type PolicyFactory = { createPolicy(name: string, rules: Rules): Policy };

/** Undefined on the server and in browsers without Trusted Types. */
const factory =
  typeof window === 'undefined' ? undefined : (window as { readonly trustedTypes?: PolicyFactory }).trustedTypes;

const policy = factory?.createPolicy('paper-digest', { createHTML: (html) => html });

const ownFile = /^\/(?:_next\/static\/|preferences\.js$)/;

function isOwnFile(url: string): boolean {
  const { origin, pathname } = URL.parse(url, location.href) ?? {};
  return origin === location.origin && ownFile.test(pathname ?? '');
}

// For React and Next: React creates script elements from this exact string, and Next loads its own files.
factory?.createPolicy('default', {
  createHTML: (html) => (html === '<script></script>' || !html.includes('<') ? html : null),
  createScriptURL: (url) => (isOwnFile(url) ? url : null),
});

/** Use it only for HTML from `renderHtml`. The result is a `TrustedHTML`, which React assigns unchanged. */
export const trustHtml = (html: string): string => (policy?.createHTML(html) ?? html) as string;
