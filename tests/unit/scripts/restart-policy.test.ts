/** Tests when the supervisor restarts the server and when it gives up. */
import { describe, expect, it, test } from 'vitest';
import { createRestartPolicy } from '#scripts/restart-policy.mjs';
import { exitCodeAfter } from '#scripts/supervise.mjs';

describe('the restart policy', () => {
  it('the restart delay doubles from one second, and ten minutes allow five restarts', () => {
    const policy = createRestartPolicy(() => 0);
    expect(Array.from({ length: 7 }, () => policy.next())).toEqual([1000, 2000, 4000, 8000, 16_000, null, null]);
  });

  it('a restart no longer counts after ten minutes', () => {
    let nowMs = 0;
    const policy = createRestartPolicy(() => nowMs);
    for (let count = 0; count < 5; count++) {
      policy.next();
      nowMs += 60_000;
    }
    nowMs = 599_999;
    expect(policy.next()).toBeNull();
    nowMs = 600_000;
    expect([policy.next(), policy.next()]).toEqual([16_000, null]);
    nowMs = 10_000_000;
    expect(policy.next()).toBe(1000);
  });

  it('no ten minutes have more than five restarts', () => {
    let nowMs = 0;
    const policy = createRestartPolicy(() => nowMs);
    const allowed: number[] = [];
    for (; nowMs < 7_200_000; nowMs += 7_000) if (policy.next() !== null) allowed.push(nowMs);
    expect(allowed.length).toBeGreaterThan(50);
    for (const [at, time] of allowed.entries())
      expect(time - (allowed[at - 5] ?? Number.NEGATIVE_INFINITY)).toBeGreaterThanOrEqual(600_000);
  });
});

const again = null;
const ended = { code: null, signal: null, hasServed: true, isStopping: false } as const;
test.each([
  ['a server that failed is restarted', { code: 1 }, again],
  ['a server that was killed is restarted', { signal: 'SIGKILL' }, again],
  ['a server whose heap was full is restarted', { signal: 'SIGABRT' }, again],
  ['a server that was killed before it listened is restarted', { signal: 'SIGKILL', hasServed: false }, again],
  ['a failed first start is not repeated', { code: 1, hasServed: false }, 1],
  ['a start with an unusable store is not repeated', { code: 2 }, 2],
  ['a server that exited with code 0 stays stopped', { code: 0 }, 0],
  ['a server that died of a stop signal stays stopped', { signal: 'SIGTERM' }, 143],
  ['a requested stop passes the exit code on', { code: 0, isStopping: true }, 0],
  ['a server that failed while it stopped stays stopped', { code: 1, isStopping: true }, 1],
  ['a server that had to be killed to stop is a failure', { signal: 'SIGKILL', isStopping: true }, 1],
])('%s', (_, end, code) => {
  expect(exitCodeAfter({ ...ended, ...end })).toBe(code);
});
