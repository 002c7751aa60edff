/** Addresses that an abstract mentions: code repositories and project pages, mended where the text broke them. */
import type { Link } from './paper.ts';

// A scheme that white space may have torn apart, or a forge's bare host; then everything an address can hold.
const address =
  /(?:https?\s{0,2}:\s{0,2}\/\/\s{0,2}|(?<![\w.@/-])(?=(?:www\.)?(?:github|gitlab|bitbucket)\.(?:com|org)\/))([^\s<>"'`{}|^，。；）、]{1,500})/gi;
/** A line break inside an address: it ends in a joint, or the next line goes on with one. */
const brokenLine =
  /(\/\/[^\s<>"'`{}]{0,200}?)(?:(?<=[/_=-])[ \t]*\r?\n[ \t]*(?=[A-Za-z0-9])|[ \t]*\r?\n[ \t]*(?=[/_-]\w))/g;
const introducesProject =
  /\bproject(?:['’]s)?\s+(?:web\s?)?(?:page|site|home\s?page|link)s?\b[^.;!?]{0,60}$|\bproject\s?:\s*$|\b(?:home\s?page|web\s?page)\b[^.;!?]{0,40}$/i;
const forges = ['github.com', 'gitlab.com', 'bitbucket.org'];
const noOwners =
  /^(?:about|apps|collections|enterprise|explore|features|groups|join|login|marketplace|orgs|pricing|search|settings|sponsors|topics|users)$/i;

/**
 * The repositories (`code`) and project pages (`project`) that a text names, in order and without repeats. Best given the text with
 * its line breaks: an address is joined across one only where it visibly goes on.
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

/** Without TeX's escapes and without what the sentence put behind the address. */
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

/** `github.com/owner/name`, whatever follows; GitLab's groups nest. An owner alone is no repository. */
function toRepository(host: string, pathname: string): Link | null {
  const all = (pathname.split('/-/')[0] ?? '').split('/').filter((part) => part !== '');
  const parts = (host === 'gitlab.com' ? all : all.slice(0, 2)).map((part) => part.replace(/\.git$/i, ''));
  const isName = parts.length >= 2 && parts.every((part) => /^[\w.-]*\w[\w.-]*$/.test(part));
  if (!isName || noOwners.test(parts[0] ?? '')) return null;
  return { kind: 'code', url: `https://${host}/${parts.join('/')}` };
}
