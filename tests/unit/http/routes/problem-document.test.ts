/** Route handlers turn errors into documents for programs and pages for people, and ignore clients that left. */
import { describe, expect, it, vi } from 'vitest';
import { AppError } from '#core/errors.ts';
import { route } from '#http/routes/problem-document.ts';

const noParams = { params: Promise.resolve({}) };
const browser = { accept: 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.8' };

const failing = (error: unknown, headers: Readonly<Record<string, string>> = {}) =>
  route(async () => {
    throw error;
  })(new Request('http://papers.example/subscribe/request', { method: 'POST', headers }), noParams);

describe('a locked store', () => {
  const locked = new AppError('unavailable', 'Another program is writing <now>.');

  it('a browser gets a page with Retry-After if the store is locked', async () => {
    const response = await failing(locked, browser);
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('2');
    expect(response.headers.get('content-type')).toMatch(/^text\/html/);
    expect(await response.text()).toContain('<p>Another program is writing &lt;now&gt;.</p>');
  });

  it('a program gets a problem document with Retry-After if the store is locked', async () => {
    const response = await failing(locked);
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('2');
    expect(await response.json()).toMatchObject({ status: 503, code: 'unavailable' });
  });
});

it('a permanent error has no Retry-After', async () => {
  const response = await failing(new AppError('forbidden', 'No.'), browser);
  expect([response.status, response.headers.get('retry-after')]).toEqual([403, null]);
});

describe('a client that aborts its form', () => {
  it.each([
    Object.assign(new Error('aborted'), { code: 'ECONNRESET' }),
    Object.assign(new Error('Premature close'), { code: 'ERR_STREAM_PREMATURE_CLOSE' }),
  ])('a client that aborts its form is not logged as an error: %s', async (error) => {
    expect((await failing(error)).status).toBe(499);
  });

  it('a broken connection of the server itself is logged as a 500', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {});
    const response = await failing(Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }));
    expect(response.status).toBe(500);
    expect(log).toHaveBeenCalledOnce();
    log.mockClear();
  });
});
