/** Tests who gets mail: confirmations, tokens, limits, pauses, bounces and a failing mail server. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Mail, MailOutcome } from '#core/ports/mail.ts';
import { aDigest, aMailbox, tokensIn } from '#tests/a-digest.ts';

const listed = (day: string, position = 1) => [{ source: 'listing', day, position }];
const nothing = new URLSearchParams();
type World = ReturnType<typeof aDigest>;

/** Adds a paper for the day and sets the clock to the hour of the digest. */
async function nextDay({ ingest, at }: World, n: number): Promise<void> {
  const day = `2025-12-${15 + n}`;
  await ingest([{ title: `Paper of day ${n}`, listings: listed(day) }]);
  at(`${day}T07:00:00Z`);
}

const count = (world: World, table: string) => world.database.prepare(`SELECT count(*) FROM ${table}`).pluck().get();

describe('confirmation', () => {
  it('a confirmation token is valid once, for 48 hours, and only confirms', async () => {
    const mailbox = aMailbox();
    const world = aDigest(mailbox);
    for (const q of ['one', 'two']) await world.request({ address: 'reader@example.org', q });
    await world.digest.sendWaiting();
    const [first = '', second = ''] = mailbox.mails.flatMap((mail) => tokensIn(mail).slice(0, 1));
    expect(await world.digest.act(first, 'leave', nothing)).toBeNull();
    expect(await world.digest.act(first, 'forget', nothing)).toBeNull();
    const manage =
      /\/([\w-]{43})\?done=confirm$/.exec((await world.digest.act(first, 'confirm', nothing)) ?? '')?.[1] ?? '';
    expect(await world.digest.open(manage, 'confirm')).toMatchObject({
      state: 'active',
      filter: 'one',
      address: 'r••••@example.org',
      notice: 'Confirmed.',
    });
    expect(await world.digest.act(manage, 'confirm', nothing)).toBe(`/subscription/${manage}`);
    expect(await world.digest.act(first, 'confirm', nothing)).toBe(`/subscription/${first}`);
    expect(await world.digest.open(first)).toBeNull();
    world.at('2025-12-17T10:00:01Z');
    expect(await world.digest.open(second)).toBeNull();
    await world.digest.act(second, 'confirm', nothing);
    expect(world.database.prepare('SELECT query, state FROM Subscription ORDER BY id').all()).toEqual([
      { query: 'q=one', state: 'active' },
      { query: 'q=two', state: 'pending' },
    ]);
    for (let n = 17; n <= 23; n++) {
      world.at(`2025-12-${n}T10:00:00Z`);
      await world.digest.sendDue();
    }
    expect(count(world, 'Subscription')).toBe(1);
  });

  it('the confirmation mail contains no text from the form', async () => {
    const mailbox = aMailbox();
    const world = aDigest(mailbox);
    await world.request({ address: 'victim@example.org', q: 'BUY PILLS http://evil.example' });
    await world.digest.sendWaiting();
    const [mail] = mailbox.mails;
    expect(`${mail?.subject}${mail?.html}${mail?.text}`).not.toMatch(/pills|evil/i);
  });

  it('the store contains only hashes of tokens', async () => {
    const mailbox = aMailbox();
    const world = aDigest(mailbox);
    await world.request({ address: 'reader@example.org' });
    await world.digest.sendWaiting();
    const [token = ''] = tokensIn(mailbox.mails[0] ?? { text: '' });
    const dump = world.database.prepare('SELECT * FROM Token').all();
    expect(dump).toHaveLength(1);
    expect(token).toHaveLength(43);
    expect(JSON.stringify(dump)).not.toContain(token);
    expect(
      await world.digest.act(`${token.slice(0, 42)}${token.endsWith('A') ? 'Q' : 'A'}`, 'confirm', nothing),
    ).toMatch(/^\/subscription/);
    expect(world.database.prepare('SELECT state FROM Subscription').pluck().get()).toBe('pending');
  });
});

describe('subscription form', () => {
  it('known, unknown, suppressed and limited addresses get the same response, and three mails a day', async () => {
    const mailbox = aMailbox();
    const world = aDigest(mailbox);
    await world.subscribe('known@example.org');
    world.database.prepare(`UPDATE Subscriber SET suppressedBecause = 'gone'`).run();
    const answers = await Promise.all(
      ['known@example.org', ...Array(8).fill('new@example.org')].map((address, i) =>
        world.request({ address }, `198.51.${i}.1`),
      ),
    );
    expect(new Set(answers)).toEqual(new Set(['/subscribe/requested']));
    await world.digest.sendWaiting();
    expect(mailbox.mails.map((mail) => mail.to)).toEqual(Array(3).fill('new@example.org'));
    expect(count(world, 'Subscription')).toBe(4);
    world.at('2025-12-16T10:00:01Z');
    await world.request({ address: 'new@example.org' });
    expect(await world.digest.sendWaiting()).toMatchObject({ sent: 1 });
  });
  it('a robot that fills in every field gets no mail', async () => {
    const world = aDigest();
    expect(await world.request({ address: 'reader@example.org', website: 'http://x.example' })).toBe(
      '/subscribe/requested',
    );
    expect(count(world, 'Subscriber')).toBe(0);
  });
  it('an invalid address or time zone redirects to the form with an error and without the address', async () => {
    const world = aDigest();
    expect(await world.request({ address: 'a@b@c', q: 'draft' })).toBe(
      '/subscribe?q=draft&rhythm=daily&hour=7&zone=UTC&problem=address',
    );
    expect(await world.request({ address: 'reader@example.org', zone: 'Mars' })).toContain('problem=schedule');
    expect(count(world, 'Subscriber')).toBe(0);
  });
  it('the request limit counts each client separately', async () => {
    const world = aDigest();
    for (let i = 0; i < 30; i++) await world.request({ address: `r${i}@example.org` }, '192.0.2.1');
    await expect(world.request({ address: 'one@more.example' }, '192.0.2.1')).rejects.toThrow(
      /^Your network has sent .* in 60 minutes\.$/,
    );
    expect(await world.request({ address: 'other@example.org' }, '192.0.2.2')).toBe('/subscribe/requested');
  });
});

describe('subscriber', () => {
  it('the token of any mail unsubscribes at any time, and queued digests are not sent', async () => {
    const mailbox = aMailbox(() => ({ kind: 'unreachable', reason: 'down' }));
    const world = aDigest(mailbox);
    const manage = await world.subscribe('reader@example.org');
    await nextDay(world, 1);
    expect(await world.digest.sendDue()).toMatchObject({ recipients: 1, sent: 0, postponed: 1, stopped: 'down' });
    const [old = ''] = tokensIn(mailbox.mails[0] ?? { text: '' });
    world.at('2029-12-16T07:00:00Z');
    expect(await world.digest.act(old, 'leave', nothing)).toBe(`/subscription/${old}`);
    expect(await world.digest.sendDue()).toMatchObject({ sent: 0, postponed: 0 });
    expect(await world.digest.open(manage)).toMatchObject({ state: 'left', past: [{ label: '1 paper, cancelled' }] });
    expect(mailbox.mails).toHaveLength(1);
  });

  it('a paused subscriber gets no mail, and after the pause no papers from it', async () => {
    const mailbox = aMailbox();
    const world = aDigest(mailbox);
    const manage = await world.subscribe('reader@example.org');
    await world.digest.act(manage, 'pause', nothing);
    await nextDay(world, 1);
    expect(await world.digest.sendDue()).toMatchObject({ recipients: 0 });
    world.at('2025-12-17T12:00:00Z');
    await world.digest.act(manage, 'resume', nothing);
    await nextDay(world, 3);
    expect(await world.digest.sendDue()).toMatchObject({ recipients: 1, sent: 1 });
    expect(mailbox.mails[0]?.text).toContain('Paper of day 3');
    expect(mailbox.mails[0]?.text).not.toContain('Paper of day 1');
  });

  it('a changed filter and hour apply to the next digest', async () => {
    const mailbox = aMailbox();
    const world = aDigest(mailbox);
    const manage = await world.subscribe('reader@example.org', 'nothing');
    await nextDay(world, 1);
    await world.digest.act(
      manage,
      'change',
      new URLSearchParams({ q: 'paper', rhythm: 'weekly', weekday: '5', hour: '18', zone: 'Asia/Tokyo' }),
    );
    expect(await world.digest.open(manage)).toMatchObject({
      filter: 'paper',
      rhythm: 'Every Friday at 18:00, Asia/Tokyo',
      next: { datetime: '2025-12-19T09:00:00.000Z' },
    });
    await nextDay(world, 3);
    world.at('2025-12-19T08:59:59Z');
    expect(await world.digest.sendDue()).toMatchObject({ recipients: 0 });
    world.at('2025-12-19T09:00:00Z');
    expect(await world.digest.sendDue()).toMatchObject({ recipients: 1, sent: 1 });
  });

  it('deleting a subscriber removes all their data, and their links stop working', async () => {
    const world = aDigest();
    const manage = await world.subscribe('reader@example.org', 'one');
    await world.subscribe('reader@example.org', 'paper');
    await nextDay(world, 1);
    await world.digest.sendDue();
    expect(await world.digest.act(manage, 'forget', nothing)).toBe('/subscribe/forgotten');
    for (const table of ['Subscriber', 'Subscription', 'Delivery', 'Token', 'SentPaper'])
      expect([table, count(world, table)]).toEqual([table, 0]);
    expect(await world.digest.open(manage)).toBeNull();
    for (const file of [world.file, `${world.file}-wal`])
      expect(readFileSync(file, 'latin1')).not.toContain('reader@example.org');
  });

  it('a confirmation is sent before queued digests', async () => {
    const mailbox = aMailbox();
    const world = aDigest(mailbox);
    for (let i = 0; i < 25; i++) await world.subscribe(`reader${i}@example.org`);
    await nextDay(world, 1);
    await world.deliveries.enqueue(world.nowMs(), null);
    await world.request({ address: 'new@example.org' });
    await world.digest.sendDue();
    expect(mailbox.mails).toHaveLength(26);
    expect(mailbox.mails.findIndex((mail) => mail.to === 'new@example.org')).toBeLessThan(10);
  });

  it('an empty digest is sent only on request, and gives the reason', async () => {
    const mailbox = aMailbox();
    const world = aDigest(mailbox);
    await world.subscribe('quiet@example.org', 'unheard-of');
    await world.subscribe('curious@example.org', 'unheard-of', { empty: '1' });
    await nextDay(world, 1);
    expect(await world.digest.sendDue()).toMatchObject({ recipients: 2, sent: 1 });
    expect(mailbox.mails[0]).toMatchObject({ to: 'curious@example.org', subject: 'No new papers: unheard-of' });
    expect(mailbox.mails[0]?.text.replace(/\n/g, ' ')).toContain(
      'No papers, because none that is new matches this filter. The latest listing here is of Tuesday, 16 December 2025.',
    );
  });
});

describe('failing mails', () => {
  const decideBy = (outcomes: Readonly<Record<string, MailOutcome>>) => (mail: Mail) =>
    outcomes[mail.to] ?? ({ kind: 'sent' } as const);

  it('an invalid address is suppressed, and the other subscribers get their mail', async () => {
    const bad = { kind: 'refused', hard: true, final: true, reason: '550 no such user' } as const;
    const mailbox = aMailbox(decideBy({ 'bad@example.org': bad }));
    const world = aDigest(mailbox);
    const addresses = ['a@example.org', 'bad@example.org', 'c@example.org'];
    const tokens: string[] = [];
    for (const address of addresses) tokens.push(await world.subscribe(address));
    await nextDay(world, 1);
    expect(await world.digest.sendDue()).toMatchObject({ recipients: 3, sent: 2, failed: 1 });
    expect(await world.digest.open(tokens[1] ?? '')).toMatchObject({ suppressed: '550 no such user' });
    await nextDay(world, 2);
    expect(await world.digest.sendDue()).toMatchObject({ recipients: 2, sent: 2, failed: 0 });
    expect(await world.digest.allow('bad@example.org' as never)).toBe(true);
    expect(await world.digest.allow('bad@example.org' as never)).toBe(false);
  });

  it('a paper that cannot be rendered does not stop the digest', async () => {
    const mailbox = aMailbox();
    const world = aDigest(mailbox);
    await world.subscribe('reader@example.org');
    await world.ingest([
      { title: 'Good', listings: listed('2025-12-16', 1) },
      { title: 'Odd', listings: listed('2025-12-16', 2), links: [{ kind: 'code', url: 'https://github.com/x/y' }] },
    ]);
    world.database
      .prepare(`UPDATE Paper SET links = '[{"kind":"code"}]', tags = '[{"kind":"topic"}]' WHERE title = 'Odd'`)
      .run();
    world.at('2025-12-16T07:00:00Z');
    expect(await world.digest.sendDue()).toMatchObject({ recipients: 1, sent: 1 });
    for (const title of ['Good', 'Odd']) expect(mailbox.mails[0]?.text).toContain(title);
  });

  it('after a server outage every subscriber gets the mail with the same Message-ID', async () => {
    let isDown = true;
    const mailbox = aMailbox(() =>
      isDown ? { kind: 'unreachable', reason: 'connect ECONNREFUSED' } : { kind: 'sent' },
    );
    const world = aDigest(mailbox);
    for (let i = 0; i < 25; i++) await world.subscribe(`reader${i}@example.org`);
    await nextDay(world, 1);
    expect(await world.digest.sendDue()).toMatchObject({
      recipients: 25,
      sent: 0,
      postponed: 10,
      stopped: 'connect ECONNREFUSED',
    });
    isDown = false;
    world.at('2025-12-16T07:05:00Z');
    expect(await world.digest.sendDue()).toMatchObject({ recipients: 0, sent: 25, stopped: null });
    const sent = mailbox.mails.filter((mail) => mail.outcome.kind === 'sent');
    expect(new Set(sent.map((mail) => mail.to)).size).toBe(25);
    expect(new Set(mailbox.mails.map((mail) => mail.messageId)).size).toBe(25);
  });

  it('a mail that may have arrived is sent again with the same Message-ID', async () => {
    const mailbox = aMailbox((_, n) => (n === 0 ? { kind: 'uncertain', reason: 'connection lost' } : { kind: 'sent' }));
    const world = aDigest(mailbox);
    const manage = await world.subscribe('reader@example.org');
    await nextDay(world, 1);
    expect(await world.digest.sendDue()).toMatchObject({ sent: 0, postponed: 1 });
    expect((await world.digest.open(manage))?.past[0]?.label).toBe('1 paper, interrupted, to be sent again');
    world.at('2025-12-16T07:10:00Z');
    expect(await world.digest.sendDue()).toMatchObject({ sent: 1 });
    expect(new Set(mailbox.mails.map((mail) => mail.messageId)).size).toBe(1);
    const [first, again] = mailbox.mails.map((mail) => tokensIn(mail)[0] ?? '');
    expect(await world.digest.act(first ?? '', 'leave', nothing)).not.toBeNull();
    expect(await world.digest.open(again ?? '')).toMatchObject({ state: 'left' });
  });

  it('only one process sends at a time', async () => {
    const world = aDigest();
    const [held, other] = await Promise.all([
      world.lock.runExclusively(async () => 'sends'),
      world.lock.runExclusively(async () => 'sends too'),
    ]);
    expect([held, other]).toEqual(['sends', null]);
    expect(await world.digest.sendDue()).not.toBeNull();
  });
});

describe('unsubscribe mail', () => {
  it('only a mail with the token in its subject ends that subscription, once', async () => {
    const mailbox = aMailbox();
    const world = aDigest(mailbox);
    const manage = await world.subscribe('reader@example.org');
    await world.request({ address: 'other@example.org' });
    await nextDay(world, 1);
    await world.digest.sendDue();
    const [sent] = mailbox.mails.filter((mail) => mail.to === 'reader@example.org');
    const subject = decodeURIComponent(/\?subject=([^>]+)>$/.exec(sent?.headers['List-Unsubscribe'] ?? '')?.[1] ?? '');
    const [confirmation = ''] = tokensIn(mailbox.mails.find((mail) => mail.to === 'other@example.org') ?? { text: '' });
    const left = async (...subjects: string[]) =>
      (
        await world.digest.readMailbox(
          subjects.map((one) => `From r@x Tue Dec 16\nSubject: ${one}\nFrom: r@x\n\nleave\n`).join('\n'),
        )
      ).left;
    expect(
      await left(`Re: ${subject}`, `leave ${'x'.repeat(43)}`, `leave ${confirmation}`, 'leave', `${subject} now`),
    ).toBe(0);
    expect((await world.digest.open(manage))?.state).toBe('active');
    expect(await left('hello', subject, subject)).toBe(1);
    expect((await world.digest.open(manage))?.state).toBe('left');
  });
});

describe('bounce', () => {
  const report = (messageId: string, status: string) =>
    `Content-Type: multipart/report; boundary=x\n\n--x\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\nFinal-Recipient: rfc822; r@x\nAction: failed\nStatus: ${status}\n\n--x\nContent-Type: text/rfc822-headers\n\nMessage-ID: <${messageId}>\n\n--x--\n`;

  async function bounced(statuses: readonly string[]) {
    const mailbox = aMailbox();
    const world = aDigest(mailbox);
    const manage = await world.subscribe('reader@example.org');
    const results: string[] = [];
    for (const [n, status] of statuses.entries()) {
      await nextDay(world, n + 1);
      await world.digest.sendDue();
      const raw = report(mailbox.mails.at(-1)?.messageId ?? '', status);
      for (const { suppressed, counted, ignored } of [
        await world.digest.readMailbox(raw),
        await world.digest.readMailbox(raw),
      ])
        results.push(`${suppressed}${counted}${ignored}`);
    }
    return { results, mails: mailbox.mails.length, view: await world.digest.open(manage) };
  }

  it('one permanent or three transient bounces suppress an address, and a repeated bounce counts once', async () => {
    expect(await bounced(['5.1.1'])).toMatchObject({ results: ['100', '001'], view: { suppressed: '5.1.1' } });
    expect(await bounced(['4.2.2', '4.2.2'])).toMatchObject({
      results: ['010', '001', '010', '001'],
      view: { suppressed: null },
    });
    expect(await bounced(['4.2.2', '5.2.2', '4.4.7'])).toMatchObject({
      results: ['010', '001', '010', '001', '100', '001'],
      mails: 3,
      view: { suppressed: '4.4.7' },
    });
  });

  it('the bounce of a foreign mail is ignored, so nobody can suppress other addresses', async () => {
    const world = aDigest();
    await world.subscribe('reader@example.org');
    expect(
      await world.digest.readMailbox(report('digest.2025-12-16.0123456789abcdef@digest.example', '5.1.1')),
    ).toEqual({
      reports: 1,
      suppressed: 0,
      counted: 0,
      ignored: 1,
      left: 0,
    });
  });
});
