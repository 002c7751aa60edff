/** Tests a clock that jumps and is corrected: mails, subscriptions and sources go on, and no mail is sent twice. */
import { describe, expect, it } from 'vitest';
import { addDays, type Day, parseDay, toInstant } from '#core/day.ts';
import { restsUntil, type SourceHealth } from '#core/ports/fetching.ts';
import { toScheduledJob } from '#ingest/schedule/scheduled-jobs.ts';
import { toSourceStatus } from '#ingest/schedule/source-status.ts';
import { createRequestLimiter } from '#mail/subscribe/request-limits.ts';
import { createCircuit } from '#platform/http-client/circuit.ts';
import { createMemoryPaceStore } from '#platform/http-client/pace.ts';
import { parseRetryAfter } from '#platform/http-client/retry.ts';
import { aDigest, aMailbox, tokensIn } from '#tests/a-digest.ts';

const dayMs = 86_400_000;
const start = '2025-12-15T10:00:00.000Z';
const on = (days: number, time = '07:30:00') => `${addDays('2025-12-15' as Day, days)}T${time}.000Z`;
const jumps = [400, -3000];

/** `set` sets the clock. */
function aWorld(mailbox = aMailbox()) {
  const { at: set, ...world } = aDigest(mailbox, start);
  return { ...world, set };
}

/** One subscriber and one paper a day. On the second day the clock jumps and the digest runs. */
async function worldAfter(jump: number) {
  const mailbox = aMailbox();
  const world = aWorld(mailbox);
  await world.subscribe('reader@example.org');
  const newPaper = (day: number) =>
    world.ingest([
      {
        title: `Paper of day ${day}`,
        listings: [{ source: 'listing', day: addDays('2025-12-15' as Day, day), position: 1 }],
      },
    ]);
  const sendOn = async (day: number) => {
    await newPaper(day);
    world.set(on(day));
    await world.digest.sendDue();
  };
  await sendOn(1);
  world.set(on(1 + jump, '12:00:00'));
  await newPaper(-9);
  await world.digest.sendDue();
  return { world, mailbox, sendOn };
}

describe('digest', () => {
  it.each(jumps)('after a jump of %i days, a digest goes out every day with each paper once', async (jump) => {
    const { mailbox, sendOn } = await worldAfter(jump);
    const before = mailbox.mails.length;
    // The first run corrects the schedule. From the next slot on all is as before.
    for (const day of [2, 3, 4, 5]) await sendOn(day);
    expect(mailbox.mails.length - before).toBeGreaterThanOrEqual(3);
    const titles = mailbox.mails.flatMap((mail) =>
      [...mail.text.matchAll(/Paper of day [\d-]+/g)].map(([title]) => title),
    );
    const once = [...new Set(titles)];
    expect(once).toEqual(expect.arrayContaining([1, 2, 3, 4, 5].map((day) => `Paper of day ${day}`)));
    for (const title of once)
      expect(mailbox.mails.filter((mail) => new RegExp(`${title}\\b`).test(mail.text)).length, title).toBe(1);
  });

  it.each(jumps)('a digest that failed during a jump of %i days is retried within the hour', async (jump) => {
    let isDown = true;
    const mailbox = aMailbox(() =>
      isDown ? { kind: 'refused', hard: false, final: false, reason: 'later' } : { kind: 'sent' },
    );
    const world = aWorld(mailbox);
    await world.subscribe('reader@example.org');
    await world.ingest([{ title: 'A paper', listings: [{ source: 'listing', day: '2025-12-16', position: 1 }] }]);
    world.set(on(jump + 1));
    await world.digest.sendDay('2025-12-16' as Day);
    isDown = false;
    world.set(on(1, '08:30:00'));
    await world.digest.sendWaiting();
    expect(mailbox.mails.at(-1)?.outcome.kind).toBe('sent');
  });

  it('a digest has the papers of the last days, although a wrong clock recorded a day long past', async () => {
    const mailbox = aMailbox();
    const world = aWorld(mailbox);
    await world.subscribe('reader@example.org');
    world.set(on(1));
    await world.digest.sendDue();
    await world.ingest([{ title: 'Never listed' }]);
    world.set(on(-3000));
    await world.digest.sendDue();
    world.set(on(2));
    await world.digest.sendDue();
    expect(mailbox.mails.map((mail) => mail.text).join('\n')).toContain('Never listed');
  });
});

describe('subscription', () => {
  it.each(jumps)('subscribing works after a jump of %i days with too many requests', async (jump) => {
    const mailbox = aMailbox();
    const world = aWorld(mailbox);
    world.set(on(jump));
    for (let i = 0; i < 40; i++) await world.request({ address: 'reader@example.org', q: `w${i}` }).catch(() => {}); // the form refuses the last ones
    world.set(on(0, '11:00:00'));
    expect(await world.request({ address: 'reader@example.org', q: 'mine' })).toBe('/subscribe/requested');
    await world.digest.sendWaiting();
    const wishes = world.database.prepare('SELECT query FROM Subscription').pluck().all();
    expect(wishes).toContain('q=mine');
    expect(mailbox.mails).toHaveLength(wishes.length);
  });

  it.each(jumps)('an unconfirmed subscription survives a jump of %i days', async (jump) => {
    const mailbox = aMailbox();
    const world = aWorld(mailbox);
    await world.request({ address: 'reader@example.org' });
    await world.digest.sendWaiting();
    world.set(on(jump));
    await world.digest.sendDue();
    world.set(on(1));
    const [token = ''] = tokensIn(mailbox.mails[0] ?? { text: '' });
    expect(await world.digest.act(token, 'confirm', new URLSearchParams())).toContain('done=confirm');
  });

  it('an unconfirmed subscription is deleted after seven days on which the store was in use', async () => {
    const world = aWorld();
    await world.request({ address: 'reader@example.org' });
    const pending = () => world.database.prepare('SELECT count(*) FROM Subscription').pluck().get();
    for (let day = 1; day <= 7; day++) {
      expect(pending(), `day ${day}`).toBe(1);
      world.set(on(day, '12:00:00'));
      await world.digest.sendDue();
    }
    expect(pending()).toBe(0);
  });

  it('requests counted while the clock was ahead do not limit later ones', () => {
    const waitMs = createRequestLimiter({ max: 2, perMs: 3_600_000 });
    const [ahead, now] = [401 * dayMs, dayMs];
    for (let i = 0; i < 3; i++) waitMs('192.0.2.1', ahead);
    expect([waitMs('192.0.2.1', now), waitMs('192.0.2.1', now), waitMs('192.0.2.1', now)]).toEqual([
      null,
      null,
      3_600_000,
    ]);
  });
});

describe('source', () => {
  const now = '2025-12-16T12:00:00.000Z';
  const ahead = toInstant(Date.parse(now) + 400 * dayMs);
  const health = (more: Partial<SourceHealth>): SourceHealth => ({
    name: 'hf',
    askedAt: ahead,
    answeredAt: ahead,
    latestDay: parseDay('2025-12-16'),
    failure: null,
    nextTryAt: null,
    ...more,
  });
  const endpoints = { hf: 'http://hf.example', arxiv: 'http://arxiv.example' };

  it.each(['hf', 'arxiv:cs.CL'])('%s is due although its delay and its last papers are far ahead', (name) => {
    const job = toScheduledJob(
      name,
      health({ name, failure: 'busy', nextTryAt: ahead, latestDay: '2027-01-20' as Day }),
      {
        now,
        endpoints,
      },
    );
    expect(job?.subject).toMatch(/^2025-1[12]-\d\d\.\.2025-12-16$/);
  });

  it('a Retry-After of some days is honored', () => {
    const nextTryAt = '2025-12-18T12:00:00.000Z';
    expect(restsUntil(health({ nextTryAt }), now)).toBe(nextTryAt);
    expect(toScheduledJob('hf', health({ nextTryAt }), { now, endpoints })).toBeNull();
  });

  it('a Retry-After counts for a week at most', () => {
    expect(parseRetryAfter({ 'retry-after': '99999999' }, 0)).toBe(7 * dayMs);
    expect(parseRetryAfter({ 'retry-after': 'Fri, 01 Jan 2100 00:00:00 GMT' }, Date.parse(now))).toBe(7 * dayMs);
  });

  it('the status page shows no times in the future', () => {
    const status = toSourceStatus('hf', health({ failure: 'busy', nextTryAt: ahead }), { now, everyMs: 3_600_000 });
    expect(status.state).toBe('failed');
    expect(String(status.at) < '2025-12-17').toBe(true);
  });

  it('a source that failed while the clock was ahead is due once the clock is correct', () => {
    let time = Date.parse(ahead);
    const circuit = createCircuit(() => time);
    for (let i = 0; i < 5; i++) circuit.failed('hf');
    expect(circuit.openUntil('hf')).not.toBeNull();
    time = Date.parse(now);
    expect(circuit.openUntil('hf')).toBeNull();
  });

  it('a source is requested again at its own pace', async () => {
    let time = Date.parse(ahead);
    const pace = createMemoryPaceStore(() => time);
    await pace.reserve('hf', { limit: 1, windowMs: 3_000 });
    time = Date.parse(now);
    expect(await pace.reserve('hf', { limit: 1, windowMs: 3_000 })).toBeLessThanOrEqual(3_000);
  });
});
