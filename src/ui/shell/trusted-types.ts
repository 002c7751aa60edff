/** What may become markup or a script's address in a browser (Trusted Types): texts of our own server's, and Next's own files. */

/** As far as it is used here; TypeScript does not know it yet. */
type Policy = { createHTML(text: string): unknown };
type Rules = { readonly [Rule in 'createHTML' | 'createScriptURL']?: (text: string) => string | null };
type PolicyFactory = { createPolicy(name: string, rules: Rules): Policy };

/** Only in a browser that has them; elsewhere texts are taken as they are. */
const factory =
  typeof window === 'undefined' ? undefined : (window as { readonly trustedTypes?: PolicyFactory }).trustedTypes;

const policy = factory?.createPolicy('paper-digest', { createHTML: (html) => html });

const ownFile = /^\/(?:_next\/static\/|preferences\.js$)/;

function isOwnFile(url: string): boolean {
  const { origin, pathname } = URL.parse(url, location.href) ?? {};
  return origin === location.origin && ownFile.test(pathname ?? '');
}

// What React and Next set themselves: React makes each script element from this text, and fills it with data; Next loads its own files.
factory?.createPolicy('default', {
  createHTML: (html) => (html === '<script></script>' || !html.includes('<') ? html : null),
  createScriptURL: (url) => (isOwnFile(url) ? url : null),
});

/** For markup that `renderHtml` made, and for nothing else. React hands it on as it is. */
export const trustHtml = (html: string): string => (policy?.createHTML(html) ?? html) as string;
