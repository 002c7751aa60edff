/** A page runs the inline scripts that its renderer wrote, named by their hashes, and no other (CSP, level 2). */
import { hash, randomBytes } from 'node:crypto';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { pagePolicy } from '#http/guard/security-headers.ts';

/** The field by which the origin tells the front the nonce of a rendering; no reader is told. */
export const nonceField = 'paper-digest-nonce';
const policyField = 'content-security-policy';
const made = /^text\/(?:html|x-component)/;

/**
 * Gives a rendering a nonce of its own: Next finds it in the request's policy and writes it on its scripts, and on nothing else. Whoever
 * gets markup of theirs into a page cannot know it.
 */
export function offerNonce(request: IncomingMessage, response: ServerResponse): void {
  const nonce = randomBytes(16).toString('base64url');
  request.headers[policyField] = `script-src 'nonce-${nonce}'`;
  delete request.headers[`${policyField}-report-only`];
  response.setHeader(nonceField, nonce);
}

/** Whether Next made it: a page, or a part of one. */
export const isRendered = (headers: OutgoingHttpHeaders): boolean => made.test(String(headers['content-type'] ?? ''));

type Rendered = { readonly headers: Readonly<OutgoingHttpHeaders>; readonly body: Buffer };

/** Takes the nonce out, so that a page is the same bytes each time, and gives the page its policy unless it brings one. */
export function allowRenderedScripts({ headers, body }: Rendered, nonce: string): Rendered {
  // A character for each byte: found and cut as quickly as it gets, and the bytes are what is hashed.
  const written = joinData(body.toString('latin1'), nonce);
  const link = headers.link === undefined ? {} : { link: String(headers.link).replaceAll(`; nonce="${nonce}"`, '') };
  const isPage = String(headers['content-type']).startsWith('text/html');
  const policy = isPage ? { [policyField]: headers[policyField] ?? pagePolicy(hashScripts(written, nonce)) } : {};
  return { headers: { ...headers, ...link, ...policy }, body: Buffer.from(withoutNonce(written, nonce), 'latin1') };
}

/** Next writes its data as it comes, a script for each piece, and may cut a nonce in two that stands in the data: one script has it whole. */
const joinData = (html: string, nonce: string): string =>
  html.replaceAll(`"])</script><script nonce="${nonce}">self.__next_f.push([1,"`, '');

const withoutNonce = (text: string, nonce: string): string =>
  text.replaceAll(` nonce="${nonce}"`, '').replaceAll(nonce, '');

/** Goes through the text once, from one nonce to the next. */
function hashScripts(html: string, nonce: string): ReadonlySet<string> {
  const mark = ` nonce="${nonce}"`;
  const hashes = new Set<string>();
  let done = 0;
  for (let at = html.indexOf(mark); at !== -1; at = html.indexOf(mark, done)) {
    const start = html.slice(done, at);
    const tagEnd = html.indexOf('>', at);
    const tag = start.slice(start.lastIndexOf('<')) + html.slice(at, tagEnd);
    done = tagEnd;
    if (tagEnd === -1) break;
    if (!tag.startsWith('<script ') || tag.includes(' src=')) continue;
    const end = html.indexOf('</script', tagEnd);
    if (end === -1) break;
    hashes.add(hashOf(withoutNonce(html.slice(tagEnd + 1, end), nonce)));
    done = end;
  }
  return hashes;
}

const hashOf = (script: string): string => `'sha256-${hash('sha256', Buffer.from(script, 'latin1'), 'base64')}'`;
