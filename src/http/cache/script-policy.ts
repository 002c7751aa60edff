/** Content Security Policy (level 2) of pages: only the inline scripts that Next wrote may run, by their hashes. */
import { hash, randomBytes } from 'node:crypto';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { pagePolicy } from '#http/guard/security-headers.ts';

/** The origin sends the nonce of a rendering to the front in this header. Clients never see it. */
export const nonceField = 'paper-digest-nonce';
const policyField = 'content-security-policy';
const renderedTypes = /^text\/(?:html|x-component)/;

/**
 * Gives a rendering a nonce. Next reads it from the request's policy and writes it on its own scripts only.
 * Injected HTML cannot contain it.
 */
export function offerNonce(request: IncomingMessage, response: ServerResponse): void {
  const nonce = randomBytes(16).toString('base64url');
  request.headers[policyField] = `script-src 'nonce-${nonce}'`;
  delete request.headers[`${policyField}-report-only`];
  response.setHeader(nonceField, nonce);
}

/** Whether Next rendered the response: a page, or part of one. */
export const isRendered = (headers: OutgoingHttpHeaders): boolean =>
  renderedTypes.test(String(headers['content-type'] ?? ''));

type Rendered = { readonly headers: Readonly<OutgoingHttpHeaders>; readonly body: Buffer };

/** Removes the nonce, so that each rendering has the same bytes, and adds the policy if the page has none. */
export function allowRenderedScripts({ headers, body }: Rendered, nonce: string): Rendered {
  // Latin-1 has one character per byte, so searching is fast and hashes are those of the bytes.
  const written = joinData(body.toString('latin1'), nonce);
  const link = headers.link === undefined ? {} : { link: String(headers.link).replaceAll(`; nonce="${nonce}"`, '') };
  const isPage = String(headers['content-type']).startsWith('text/html');
  const policy = isPage ? { [policyField]: headers[policyField] ?? pagePolicy(hashScripts(written, nonce)) } : {};
  return { headers: { ...headers, ...link, ...policy }, body: Buffer.from(withoutNonce(written, nonce), 'latin1') };
}

/** Joins Next's data scripts. Their boundaries vary, and one may split a nonce that the data contains. */
const joinData = (html: string, nonce: string): string =>
  html.replaceAll(`"])</script><script nonce="${nonce}">self.__next_f.push([1,"`, '');

const withoutNonce = (text: string, nonce: string): string =>
  text.replaceAll(` nonce="${nonce}"`, '').replaceAll(nonce, '');

/** Scans the text once, from one nonce to the next. */
function hashScripts(html: string, nonce: string): ReadonlySet<string> {
  const mark = ` nonce="${nonce}"`;
  const hashes = new Set<string>();
  let scanned = 0;
  for (let position = html.indexOf(mark); position !== -1; position = html.indexOf(mark, scanned)) {
    const start = html.slice(scanned, position);
    const tagEnd = html.indexOf('>', position);
    const tag = start.slice(start.lastIndexOf('<')) + html.slice(position, tagEnd);
    scanned = tagEnd;
    if (tagEnd === -1) break;
    if (!tag.startsWith('<script ') || tag.includes(' src=')) continue;
    const end = html.indexOf('</script', tagEnd);
    if (end === -1) break;
    hashes.add(hashOf(withoutNonce(html.slice(tagEnd + 1, end), nonce)));
    scanned = end;
  }
  return hashes;
}

const hashOf = (script: string): string => `'sha256-${hash('sha256', Buffer.from(script, 'latin1'), 'base64')}'`;
