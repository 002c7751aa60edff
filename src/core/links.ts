/** Finds links to code repositories and project pages in abstracts, and repairs broken ones. */
import type { Link } from './paper.ts';

// A scheme, perhaps split by white space, or the bare host of a forge. Then any URL characters.
const address =
  /(?:https?\s{0,2}:\s{0,2}\/\/\s{0,2}|(?<![\w.@/-])(?=(?:www\.)?(?:github|gitlab|bitbucket)\.(?:com|org)\/))([^\s<>"'`{}|^，。；）、]{1,500})/gi;
/** A line break inside a URL: the line ends, or the next one starts, with a separator. */
const brokenLine =
  /(\/\/[^\s<>"'`{}]{0,200}?)(?:(?<=[/_=-])[ \t]*\r?\n[ \t]*(?=[A-Za-z0-9])|[ \t]*\r?\n[ \t]*(?=[/_-]\w))/g;
const introducesProject =
  /\bproject(?:['’]s)?\s+(?:web\s?)?(?:page|site|home\s?page|link)s?\b[^.;!?]{0,60}$|\bproject\s?:\s*$|\b(?:home\s?page|web\s?page)\b[^.;!?]{0,40}$/i;
const forges = ['github.com', 'gitlab.com', 'bitbucket.org'];
const noOwners =
  /^(?:about|apps|collections|enterprise|explore|features|groups|join|login|marketplace|orgs|pricing|search|settings|sponsors|topics|users)$/i;

/**
 * Returns the distinct repositories (`code`) and project pages (`project`) in a text, in order.
 * Pass the text with its line breaks. A URL is joined across a line break only if it clearly continues.
 */
export function findCodeLinks(text: string): Link[] {
  const whole = text.replace(brokenLine, '$1');
  const links = new Map<string, Link>();
  for (const { 0: match, 1: rest = '', index } of whole.matchAll(address)) {
    const link = toLink(trimAddress(rest), whole.slice(Math.max(0, index - 100), index), /^http:/i.test(match));
    if (link && !links.has(link.url.toLowerCase())) links.set(link.url.toLowerCase(), link);
  }
  return [...links.values()];
}

/** Removes TeX escapes and trailing punctuation. */
function trimAddress(text: string): string {
  let trimmed = text.replace(/\\\\?(?=[_%#&~])/g, '').replace(/\\[\s\S]*$/, '');
  for (;;) {
    const next = trimmed.replace(/(?<![.,;:!?*…])[.,;:!?*…]+$/, '').replace(hasUnopened(trimmed) ? /[)\]]$/ : /$/, '');
    if (next === trimmed) return trimmed;
    trimmed = next;
  }
}

function hasUnopened(text: string): boolean {
  const count = (character: string) => text.split(character).length;
  return text.endsWith(')') ? count(')') > count('(') : text.endsWith(']') && count(']') > count('[');
}

function toLink(rest: string, before: string, isPlain: boolean): Link | null {
  const url = `${isPlain ? 'http' : 'https'}://${rest}`;
  if (!URL.canParse(url)) return null;
  const { hostname, pathname } = new URL(url);
  const host = hostname.replace(/^www\./, '');
  if (forges.includes(host)) return toRepository(host, pathname);
  if (!host.includes('.')) return null;
  const isPages = /^[^.]+\.(?:github|gitlab)\.io$/.test(host);
  return isPages || introducesProject.test(before) ? { kind: 'project', url: new URL(url).href } : null;
}

/** Returns `github.com/owner/name` and drops the rest. GitLab groups can nest. An owner alone is not a repository. */
function toRepository(host: string, pathname: string): Link | null {
  const all = (pathname.split('/-/')[0] ?? '').split('/').filter((part) => part !== '');
  const parts = (host === 'gitlab.com' ? all : all.slice(0, 2)).map((part) => part.replace(/\.git$/i, ''));
  const isName = parts.length >= 2 && parts.every((part) => /^[\w.-]*\w[\w.-]*$/.test(part));
  if (!isName || noOwners.test(parts[0] ?? '')) return null;
  return { kind: 'code', url: `https://${host}/${parts.join('/')}` };
}
