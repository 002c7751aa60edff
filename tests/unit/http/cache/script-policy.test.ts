/** A page may run the inline scripts that carry the nonce of its rendering, and no injected ones. */
import { createHash } from 'node:crypto';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allowRenderedScripts, nonceField, offerNonce } from '#http/cache/script-policy.ts';

const nonce = 'n0nce-of-this_rendering';
const html = { 'content-type': 'text/html; charset=utf-8' };
const allow = (text: string, by = nonce, headers: Record<string, string> = html) => {
  const allowed = allowRenderedScripts({ headers, body: Buffer.from(text) }, by);
  return {
    headers: allowed.headers,
    text: allowed.body.toString(),
    policy: String(allowed.headers['content-security-policy']),
  };
};
const hashesIn = (policy: string): string[] => policy.match(/'sha256-[^']+'/g) ?? [];
const hashOf = (script: string): string => `'sha256-${createHash('sha256').update(script).digest('base64')}'`;

const page = (by: string, planted = '') =>
  `<html><link rel="stylesheet" nonce="${by}"><script src="/a.js" async="" nonce="${by}"></script>${planted}<script nonce="${by}" id="x">let é = 1 < 2;</script><script nonce="${by}">push("{\\"nonce\\":\\"${by}\\"}")</script></html>`;

describe('script policy', () => {
  test('the policy allows the scripts by their hashes, and the nonce is removed', () => {
    const { text, policy } = allow(page(nonce));
    expect(text).not.toContain(nonce);
    expect(text).toContain('<script id="x">let é = 1 < 2;</script><script>push("{\\"nonce\\":\\"\\"}")</script>');
    expect(hashesIn(policy)).toEqual([hashOf('let é = 1 < 2;'), hashOf('push("{\\"nonce\\":\\"\\"}")')]);
    expect(policy).toMatch(/^default-src 'none'; script-src 'self' 'sha256-/);
    expect(policy).not.toMatch(/nonce-|unsafe|\*/);
  });

  test.each([
    '<script>alert(1)</script>',
    '<script nonce>alert(1)</script>',
    '<script nonce="">alert(1)</script>',
    '<script nonce="another">alert(1)</script>',
    '<script id="_R_">self.__next_f.push([1,"alert(1)"])</script>',
    '<SCRIPT\nNONCE=x>alert(1)</SCRIPT>',
    `<script data-x='>' nonce=“n0nce”>alert(1)</script>`,
    '<script><!--<script>alert(1)</script>',
    '<scr',
    '<script',
    '<script src=//evil.example x="',
    '"])</script><script nonce="another">self.__next_f.push([1,"alert(1)',
  ])('the policy does not allow an injected script: %s', (planted) => {
    const allowed = hashesIn(allow(page(nonce)).policy);
    expect(hashesIn(allow(page(nonce, planted)).policy)).toEqual(allowed);
  });

  test('every rendering has the same bytes and the same policy', () => {
    const link = (by: string) => ({
      ...html,
      link: `</a.css>; rel=preload; as="style"; nonce="${by}", </b.woff2>; nonce="${by}"; as="font"`,
    });
    const [first, second] = ['first-nonce', 'second-nonce_2'].map((by) => allow(page(by), by, link(by)));
    expect(second).toEqual(first);
    expect(first?.headers.link).toBe('</a.css>; rel=preload; as="style", </b.woff2>; as="font"');
  });

  test('the bytes do not depend on where Next splits its data, even within a nonce', () => {
    const data = (by: string) => `[\\"link\\",{\\"nonce\\":\\"${by}\\"}] and é and \\"])`;
    const inPieces = (by: string, cuts: readonly number[]) => {
      const bounds = [0, ...cuts, data(by).length];
      const pieces = bounds.slice(1).map((end, i) => data(by).slice(bounds[i], end));
      return pieces.map((piece) => `<script nonce="${by}">self.__next_f.push([1,"${piece}"])</script>`).join('');
    };
    const whole = allow(inPieces(nonce, [])).text;
    // Next splits the data between characters, never within an escape sequence.
    const cut = fc.nat(data(nonce).length).filter((at) => data(nonce)[at - 1] !== '\\');
    fc.assert(
      fc.property(fc.uniqueArray(cut, { maxLength: 5 }), (cuts) => {
        expect(
          allow(
            inPieces(
              nonce,
              [...cuts].sort((a, b) => a - b),
            ),
          ).text,
        ).toBe(whole);
      }),
    );
  });

  // A quadratic search would take hours at this size.
  test.each([
    ['scripts without an end', '<script'],
    ['scripts without a close', '<script>'],
    ['nonces in links', ` nonce="${nonce}"`],
    ['scripts with the nonce and without a close', `<script nonce="${nonce}">`],
    ['open tags', '<'],
  ])('the search takes linear time for %s', { timeout: 20_000 }, (_, repeated) => {
    allow(repeated.repeat(8_000_000 / repeated.length));
  });
});

test('a page keeps its own policy, and an RSC response gets none', () => {
  const own = { ...html, 'content-security-policy': "default-src 'none'; sandbox" };
  expect(allow('<p>', nonce, own).policy).toBe(own['content-security-policy']);
  const part = allow(`0:{"nonce":"${nonce}"}`, nonce, { 'content-type': 'text/x-component' });
  expect([part.text, part.headers['content-security-policy']]).toEqual(['0:{"nonce":""}', undefined]);
});

test('each rendering has a new nonce that the client cannot choose', () => {
  const offered = Array.from({ length: 3 }, () => {
    const request = new IncomingMessage(new Socket());
    request.headers['content-security-policy'] = "script-src 'nonce-chosen'";
    request.headers['content-security-policy-report-only'] = "script-src 'nonce-chosen'";
    const response = new ServerResponse(request);
    offerNonce(request, response);
    const sent = String(response.getHeader(nonceField));
    expect(request.headers).toEqual({ 'content-security-policy': `script-src 'nonce-${sent}'` });
    expect(sent).toMatch(/^[\w-]{22}$/);
    return sent;
  });
  expect(new Set(offered).size).toBe(3);
});
