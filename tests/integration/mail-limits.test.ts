/** Tests the limits on confirmations, per mailbox and site: across restarts, processes and clock changes. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '#core/errors.ts';
import { mailboxOf, parseMailAddress } from '#core/ports/mail.ts';
import { aDigest, aMailbox, tokensIn } from '#tests/a-digest.ts';
import { root } from '#tests/ingest-load.ts';

const mailbox = (address: string) => {
  const parsed = parseMailAddress(address);
  if (parsed === null) throw new Error(`${address} is no address`);
  return mailboxOf(parsed);
};
const confirmations = (world: ReturnType<typeof aDigest>): number =>
  world.database.prepare<[], number>(`SELECT count(*) FROM Delivery WHERE kind = 'confirmation'`).pluck().get() ?? 0;
const aSmallSite = () => aDigest(aMailbox(), '2025-12-15T10:00:00Z', { perMailbox: 3, perSite: 10 });

describe('mailbox of an address', () => {
  it.each([
    ['Reader@Example.org', 'reader@example.org'],
    ['reader+a@example.org', 'reader+b+c@example.org'],
    ['reader+@example.org', 'reader@example.org'],
    ['vic.tim+1@gmail.com', 'VICTIM@googlemail.com'],
    ['v.i.c.t.i.m@googlemail.com', 'victim@gmail.com'],
  ])('%s and %s have the same mailbox', (one, other) => {
    expect(mailbox(one)).toBe(mailbox(other));
  });
  it.each([
    ['vic.tim@example.org', 'victim@example.org'],
    ['victim@gmail.example', 'v.ictim@gmail.example'],
    ['+a@example.org', '+b@example.org'],
    ['victim@gmail.com', 'victim@gmail.com.example'],
  ])('%s and %s have different mailboxes', (one, other) => {
    expect(mailbox(one)).not.toBe(mailbox(other));
  });
  it('normalizing a mailbox twice changes nothing', () => {
    const word = fc.stringMatching(/^[a-z0-9]{1,8}$/);
    fc.assert(
      fc.property(
        word,
        word,
        word,
        fc.constantFrom('example.org', 'gmail.com', 'googlemail.com'),
        (a, b, tag, domain) => {
          const normalized = mailbox(`${a}.${b}+${tag}@${domain}`);
          expect(mailbox(normalized)).toBe(normalized);
        },
      ),
    );
  });
});

describe('confirmations', () => {
  it('a mailbox gets three confirmations a day, and the form does not reveal the limit', async () => {
    const world = aDigest();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, i) => world.request({ address: `vic.tim+${i}@gmail.com` }, `192.0.2.${i}`)),
    );
    expect(new Set(answers)).toEqual(new Set(['/subscribe/requested']));
    expect(confirmations(world)).toBe(3);
    await world.request({ address: 'another@gmail.com' });
    expect(confirmations(world)).toBe(4);
    world.at('2025-12-16T09:59:59Z');
    await world.request({ address: 'victim@gmail.com' });
    expect(confirmations(world)).toBe(4);
    world.at('2025-12-16T10:00:00Z');
    await world.request({ address: 'victim@gmail.com' });
    expect(confirmations(world)).toBe(5);
  });

  it('a confirmation goes to the address as written', async () => {
    const mails = aMailbox();
    const world = aDigest(mails);
    await world.request({ address: 'vic.tim+papers@gmail.com' });
    await world.digest.sendWaiting();
    expect(mails.mails.map(({ to }) => to)).toEqual(['vic.tim+papers@gmail.com']);
  });

  it('the site sends a thousand confirmations a day, not counting digests', async () => {
    const world = aDigest();
    await world.subscribe('known@example.org', '', { empty: '1' });
    const ask = (i: number) => world.request({ address: `reader${i}@example.org` }, `198.51.${i >> 8}.${i & 255}`);
    for (let i = 1; i < 1000; i++) await ask(i);
    expect(confirmations(world)).toBe(1000);
    world.at('2025-12-15T22:00:00Z');
    for (const address of ['known@example.org', 'reader1@example.org', 'new@example.org']) {
      let refusal: unknown;
      try {
        await world.request({ address }, '203.0.113.1');
      } catch (error) {
        refusal = error;
      }
      expect(refusal instanceof AppError && [refusal.status, refusal.details.retryAfter, refusal.message]).toEqual([
        429,
        12 * 3600,
        'This site has sent as many confirmation e-mails as it may in one day. Please try again in 12 hours.',
      ]);
    }
    world.at('2025-12-16T10:00:01Z');
    expect(await ask(1001)).toBe('/subscribe/requested');
    await world.digest.sendDue();
    expect(world.database.prepare('SELECT count(*) FROM RequestedMail').pluck().get()).toBe(1);
  });

  it('robots, invalid forms and suppressed addresses get no confirmation and do not count', async () => {
    const world = aSmallSite();
    await world.subscribe('gone@example.org');
    world.database.prepare(`UPDATE Subscriber SET suppressedBecause = 'gone'`).run();
    for (let i = 0; i < 5; i++) {
      await world.request({ address: 'reader@example.org', website: 'x' });
      await world.request({ address: 'nobody' });
      await world.request({ address: 'gone@example.org' });
    }
    expect(world.database.prepare('SELECT count(*) FROM RequestedMail').pluck().get()).toBe(1);
  });

  it('the count outlives the deletion of a subscriber, but the address does not', async () => {
    const mails = aMailbox();
    const world = aDigest(mails, '2025-12-15T10:00:00Z', { perMailbox: 3, perSite: 2 });
    await world.request({ address: 'Read.er+x@gmail.com' });
    await world.request({ address: 'other@example.org' });
    await world.digest.sendWaiting();
    const [token = ''] = tokensIn(mails.mails.find(({ to }) => to.startsWith('read')) ?? { text: '' });
    const manage =
      /\/([\w-]{43})\?/.exec((await world.digest.act(token, 'confirm', new URLSearchParams())) ?? '')?.[1] ?? '';
    await world.digest.act(manage, 'forget', new URLSearchParams());
    expect(world.database.prepare('SELECT mailbox FROM RequestedMail ORDER BY id').pluck().all()).toEqual([
      null,
      'other@example.org',
    ]);
    await expect(world.request({ address: 'third@example.org' })).rejects.toThrow('one day');
  });

  it('requests counted while the clock was ahead delay confirmations by at most a day', async () => {
    const world = aSmallSite();
    world.at('2027-01-19T10:00:00Z');
    for (let i = 0; i < 10; i++)
      await world.request({ address: i < 3 ? 'reader@example.org' : `r${i}@example.org` }, `192.0.2.${i}`);
    world.at('2025-12-15T10:00:00Z');
    await world.request({ address: 'reader@example.org' }, '192.0.2.99');
    expect(confirmations(world)).toBe(11);
  });

  it('processes on one store share the limit', async () => {
    const world = aDigest();
    const code = `
      import { openForDurableWriting } from '#store/sqlite/database.ts';
      import { createSubscriptionStore } from '#store/sqlite/mail/subscription-store.ts';
      const database = openForDurableWriting(${JSON.stringify(world.file)});
      const subscriptions = createSubscriptionStore(database, { perMailbox: 3, perSite: 20 });
      const choice = { query: '', schedule: { weekdays: [1], hour: 7, timeZone: 'UTC' }, mailsEmpty: false };
      for (let i = 0; i < 40; i++) await subscriptions.request('reader' + (i % 10) + '@example.org', choice, Date.parse('2025-12-15T10:00:00Z'));
      database.close();`;
    const exits = Array.from({ length: 3 }, () =>
      once(
        spawn(process.execPath, ['--input-type=module-typescript', '--eval', code], { cwd: root, stdio: 'inherit' }),
        'exit',
      ),
    );
    expect(await Promise.all(exits)).toEqual([
      [0, null],
      [0, null],
      [0, null],
    ]);
    expect(confirmations(world)).toBe(20);
    const most = 'SELECT max(n) FROM (SELECT count(*) AS n FROM Subscription GROUP BY subscriberId)';
    expect(world.database.prepare(most).pluck().get()).toBeLessThanOrEqual(3);
  }, 30_000);
});
