/** Inline scripts are named by their hashes, so that a page runs its own and no other (CSP, level 2). */
import { createHash } from 'node:crypto';
import type { OutgoingHttpHeaders } from 'node:http';

const inlineScript = /<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/gi;
const headerName = 'content-security-policy';

/** The page's policy with the hashes of its inline scripts; nothing where the page has no policy for scripts. */
export function allowInlineScripts(headers: OutgoingHttpHeaders, body: Buffer): OutgoingHttpHeaders {
  const policy = String(headers[headerName] ?? '');
  if (!policy.includes("script-src 'self'")) return {};
  // A character for each byte: found and cut as quickly as it gets, and the bytes are what is hashed.
  const hashes = new Set([...body.toString('latin1').matchAll(inlineScript)].map(([, script = '']) => hashOf(script)));
  return { [headerName]: policy.replace("script-src 'self'", ["script-src 'self'", ...hashes].join(' ')) };
}

const hashOf = (script: string): string => `'sha256-${createHash('sha256').update(script, 'latin1').digest('base64')}'`;
