/** What every route handler makes of failures: documents for programs, pages for people, nothing for those who hung up. */
import { describe, expect, it, vi } from 'vitest';
import { AppError } from '#core/errors.ts';
import { route } from '#http/routes/problem-document.ts';

const noParams = { params: Promise.resolve({}) };
const browser = { accept: 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.8' };

const failing = (error: unknown, headers: Readonly<Record<string, string>> = {}) =>
  route(async () => {
    throw error;
  })(new Request('http://papers.example/subscribe/request', { method: 'POST', headers }), noParams);

describe('a store that is locked', () => {
  const locked = new AppError('unavailable', 'Another program is writing <now>.');

  it('is a page for a browser, with when to come back', async () => {
    const response = await failing(locked, browser);
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('2');
    expect(response.headers.get('content-type')).toMatch(/^text\/html/);
    expect(await response.text()).toContain('<p>Another program is writing &lt;now&gt;.</p>');
  });

  it('is a problem document for a program, with when to come back', async () => {
    const response = await failing(locked);
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('2');
    expect(await response.json()).toMatchObject({ status: 503, code: 'unavailable' });
  });
});

it('a failure that does not pass by itself has no time to come back', async () => {
  const response = await failing(new AppError('forbidden', 'No.'), browser);
  expect([response.status, response.headers.get('retry-after')]).toEqual([403, null]);
});

describe('a client that hangs up in the middle of its form', () => {
  it.each([
    Object.assign(new Error('aborted'), { code: 'ECONNRESET' }),
    Object.assign(new Error('Premature close'), { code: 'ERR_STREAM_PREMATURE_CLOSE' }),
  ])('is no error in the log: %s', async (error) => {
    expect((await failing(error)).status).toBe(499);
  });

  it('is told from a fault of ours, which is logged under a number', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {});
    const response = await failing(Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }));
    expect(response.status).toBe(500);
    expect(log).toHaveBeenCalledOnce();
    log.mockClear();
  });
});
