/** Tests the subscription form, its request limit, delivery updates and the digest timer. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toDeliveryUpdate } from '#mail/deliver/delivery-update.ts';
import { startTimer } from '#mail/deliver/digest-timer.ts';
import type { DigestReport } from '#mail/send-digests.ts';
import { withParams } from '#mail/subscribe/form-address.ts';
import { createRequestLimiter } from '#mail/subscribe/request-limits.ts';
import { readForm, toChoiceView } from '#mail/subscribe/subscription-form.ts';
import { formatPaperQuery } from '#query/format-query.ts';
import { arbitraryQuery } from '#tests/arbitrary-query.ts';
import { propertyRuns } from '#tests/property-runs.ts';

const read = (fields: string) => readForm(new URLSearchParams(fields));

describe('subscription form', () => {
  it('the form yields an address, a filter and a schedule', () => {
    const { address, choice, isTrapped } = read(
      'address=A@b.example&q=tag:nlp authors:1..5 draft&rhythm=weekdays&weekday=3&weekday=1&hour=18&zone=europe/berlin&empty=1',
    );
    expect(address).toBe('a@b.example');
    expect(choice).toEqual({
      query: 'q=draft&tag=nlp&authors=1..5',
      schedule: { weekdays: [1, 3], hour: 18, timeZone: 'Europe/Berlin' },
      mailsEmpty: true,
    });
    expect(isTrapped).toBe(false);
    expect(read('website=http://spam.example').isTrapped).toBe(true);
  });
  it('the schedule is daily, weekly, or workdays if no weekday is ticked', () => {
    expect(read('rhythm=daily&weekday=1').choice?.schedule.weekdays).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(read('rhythm=weekly&weekday=5&weekday=6').choice?.schedule.weekdays).toEqual([5]);
    expect(read('rhythm=weekly').choice?.schedule.weekdays).toEqual([1]);
    expect(read('rhythm=weekdays').choice?.schedule.weekdays).toEqual([1, 2, 3, 4, 5]);
  });
  it('the form rejects an invalid hour or time zone', () => {
    expect(read('hour=24').choice).toBeNull();
    expect(read('zone=Mars/Olympus').choice).toBeNull();
  });
  it('the filter of a subscription has no order, page or listing days', () => {
    expect(read('q=draft&sort=upvotes&page=3&listed=2025-12-16').choice?.query).toBe('q=draft');
  });
  it('the form of a saved choice yields the same choice again', () => {
    const weekdays = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 });
    fc.assert(
      fc.property(
        arbitraryQuery,
        weekdays,
        fc.integer({ min: 0, max: 23 }),
        fc.boolean(),
        (query, days, hour, mailsEmpty) => {
          const start = new URLSearchParams(formatPaperQuery(query));
          for (const day of days) start.append('weekday', String(day));
          start.append('rhythm', 'weekdays');
          start.append('hour', String(hour));
          if (mailsEmpty) start.append('empty', '1');
          const { choice } = readForm(start);
          if (choice === null) throw new Error('a good form is refused');
          const view = toChoiceView(choice);
          const again = new URLSearchParams({
            q: view.q,
            rhythm: view.rhythm,
            hour: String(view.hour),
            zone: view.timeZone,
            ...(view.mailsEmpty ? { empty: '1' } : {}),
          });
          for (const day of view.weekdays) again.append('weekday', String(day));
          expect(readForm(again).choice).toEqual(choice);
        },
      ),
      { numRuns: propertyRuns(300) },
    );
  }, 30_000);
  it('the URL after a failed form does not contain the mail address', () => {
    expect(
      withParams(
        '/subscribe?q=x',
        new URLSearchParams('address=a@b.example&rhythm=weekly&website=y&hour=7'),
        'address',
      ),
    ).toBe('/subscribe?q=x&rhythm=weekly&hour=7&problem=address');
  });
});

describe('request limit', () => {
  it('a client above the limit learns when it may send the next form', () => {
    const waitMs = createRequestLimiter({ max: 2, perMs: 1_000 });
    const waits = [
      waitMs('a', 0),
      waitMs('a', 10),
      waitMs('a', 20),
      waitMs('b', 20),
      waitMs('a', 1_005),
      waitMs('a', 1_006),
    ];
    expect(waits).toEqual([null, null, 980, null, null, 4]);
  });
  it('requests counted while the clock was ahead do not delay a client', () => {
    const waitMs = createRequestLimiter({ max: 1, perMs: 1_000 });
    expect([waitMs('a', 1e12), waitMs('a', 0), waitMs('a', 500)]).toEqual([null, null, 500]);
  });
});

describe('delivery update', () => {
  const delivery = (failures: number) => ({ id: 1, failures }) as Parameters<typeof toDeliveryUpdate>[0];
  const rejected = { kind: 'refused', hard: false, final: false, reason: '451 later' } as const;
  const updates = Array.from({ length: 10 }, (_, n) => toDeliveryUpdate(delivery(n), rejected, 0));

  it('the retry delay of a rejected mail grows, and the tenth failure is final', () => {
    expect(updates.map(({ state }) => state)).toEqual([...Array(9).fill('queued'), 'failed']);
    const minutes = updates.map(({ nextTryAt }) => Date.parse(nextTryAt ?? '') / 60_000);
    expect(minutes.slice(0, 9)).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 720]);
  });
  it('an unreachable server counts as no failure, and an invalid address is suppressed', () => {
    expect(toDeliveryUpdate(delivery(9), { kind: 'unreachable', reason: 'x' }, 0)).toMatchObject({
      state: 'queued',
      failed: false,
      unreachable: true,
    });
    expect(toDeliveryUpdate(delivery(0), { ...rejected, final: true, hard: true }, 0)).toMatchObject({
      state: 'failed',
      suppress: true,
    });
    expect(toDeliveryUpdate(delivery(0), { kind: 'uncertain', reason: 'x' }, 0)).toMatchObject({ state: 'uncertain' });
  });
  it('the digest timer runs every minute, less often while the server is down, and survives an error', async () => {
    const report = (stopped: string | null): DigestReport => ({
      recipients: 0,
      sent: 0,
      failed: 0,
      postponed: 1,
      stopped,
    });
    const runs = [report('down'), report('down'), report(null), new Error('a bug'), null];
    const waits: number[] = [];
    const errors: unknown[] = [];
    await new Promise<void>((resolve) => {
      const stop = startTimer({
        run: async () => {
          const next = runs.shift();
          if (next instanceof Error) throw next;
          return next ?? null;
        },
        wait: async (ms) => {
          waits.push(ms / 60_000);
          if (waits.length === 5) void stop().then(resolve);
        },
        onReport: () => {},
        onError: (error) => errors.push(error),
      });
    });
    expect(waits).toEqual([2, 4, 1, 1, 1]);
    expect(errors).toEqual([new Error('a bug')]);
  });
});
