/** Tests the whole flow over a real store and SMTP server: subscribe, confirm, receive, unsubscribe. */
import { simpleParser } from 'mailparser';
import { describe, expect, it } from 'vitest';
import { aDigest, aMailbox, anSmtpMailer, tokensIn } from '#tests/a-digest.ts';
import { aMailServer } from '#tests/a-mail-server.ts';

const listed = (day: string, position: number) => [{ source: 'listing', day, position }];

describe('SMTP', () => {
  it('a subscriber confirms, receives a digest with all required headers, and unsubscribes', async () => {
    const server = await aMailServer();
    const { digest, request, ingest, at } = aDigest(anSmtpMailer(server.url));
    await ingest([{ title: 'An old paper on code generation', authorCount: 2 }]);
    expect(await request({ address: 'Reader@Example.ORG', q: 'tag:code-generation authors:1..5' })).toBe(
      '/subscribe/requested',
    );
    expect(await digest.sendWaiting()).toMatchObject({ sent: 1 });
    const asked = await simpleParser(server.mails[0]?.raw ?? '');
    expect(server.mails[0]?.to).toEqual(['reader@example.org']);
    expect(asked.subject).toBe('Please confirm your subscription to Paper Digest');
    const [token = ''] = tokensIn({ text: asked.text ?? '' });
    expect((await digest.open(token))?.state).toBe('pending');
    await digest.act(token, 'confirm', new URLSearchParams());
    expect(await digest.open(token)).toBeNull();

    at('2025-12-16T06:00:00Z');
    await ingest([
      {
        title: 'Code generation with $O(n^2)$ drafts',
        authors: ['Ada Example', 'Bo Sample'],
        listings: listed('2025-12-16', 1),
        links: [{ kind: 'code', url: 'https://github.com/x/y' }],
      },
      { title: 'Code generation by a crowd', authorCount: 9, listings: listed('2025-12-16', 2) },
      { title: 'Protein folding', authorCount: 1, listings: listed('2025-12-16', 3) },
    ]);
    expect(await digest.sendDue()).toMatchObject({ recipients: 0, sent: 0 });
    at('2025-12-16T07:00:00Z');
    expect(await digest.sendDue()).toMatchObject({ recipients: 1, sent: 1, stopped: null });
    const mail = await simpleParser(server.mails[1]?.raw ?? '');
    const header = (name: string) =>
      mail.headerLines.filter((line) => line.key === name).map((line) => line.line.replace(/\r\n\s/g, ' '));
    const [manage = ''] = tokensIn({ text: mail.text ?? '' });
    expect(mail.subject).toMatch(/^1 new paper: .+, 1–5 authors$/);
    expect(header('list-unsubscribe')).toEqual([
      `List-Unsubscribe: <https://digest.example/subscription/${manage}/leave>, <mailto:leave%2Bus@digest.example?subject=leave%20${manage}>`,
    ]);
    expect(header('list-unsubscribe-post')).toEqual(['List-Unsubscribe-Post: List-Unsubscribe=One-Click']);
    expect(header('list-id')).toEqual(['List-ID: Paper Digest <digest.digest.example>']);
    expect(header('auto-submitted')).toEqual(['Auto-Submitted: auto-generated']);
    expect(mail.messageId).toMatch(/^<digest\.2025-12-16\.[\da-f]{32}@digest\.example>$/);
    expect(mail.from?.text).toBe('"Paper Digest" <digest@digest.example>');
    for (const form of [mail.text ?? '', String(mail.html)]) {
      expect(form).toContain('Code generation with O(n²) drafts');
      expect(form).toContain('https://digest.example/papers/code-generation-with');
      expect(form).toContain('https://github.com/x/y');
      expect(form).toContain('2 authors');
      expect(form).not.toContain('crowd');
    }

    expect(await digest.act(manage, 'leave', new URLSearchParams('List-Unsubscribe=One-Click'))).toBe(
      `/subscription/${manage}`,
    );
    await ingest([{ title: 'Code generation again', authorCount: 1, listings: listed('2025-12-17', 1) }]);
    at('2025-12-17T07:00:00Z');
    expect(await digest.sendDue()).toMatchObject({ recipients: 0, sent: 0 });
    expect(server.mails).toHaveLength(2);
  });
});

describe('papers of a digest', () => {
  const day = (n: number) => `2025-12-${15 + n}T07:00:00Z`;

  it('a subscriber gets a paper once, even if it is relisted, merged or matches another of their filters', async () => {
    const mailbox = aMailbox();
    const { digest, subscribe, ingest, at } = aDigest(mailbox);
    await subscribe('reader@example.org', 'router');
    await subscribe('reader@example.org', 'calm');
    await ingest([{ title: 'A calm paper about routers', listings: listed('2025-12-16', 1) }]);
    at(day(1));
    expect(await digest.sendDue()).toMatchObject({ recipients: 2, sent: 1 });
    await ingest([
      {
        source: 'hf',
        title: 'A calm paper about routers',
        arxivId: '2512.00001',
        listings: [{ source: 'hf', day: '2025-12-17', position: 1 }],
      },
    ]);
    at(day(2));
    expect(await digest.sendDue()).toMatchObject({ recipients: 2, sent: 0 });
    await ingest([{ title: 'Another paper about routers', listings: listed('2025-12-18', 1) }]);
    at(day(3));
    expect(await digest.sendDue()).toMatchObject({ recipients: 2, sent: 1 });
    expect(mailbox.mails.map((mail) => mail.subject)).toEqual(['1 new paper: calm', '1 new paper: router']);
    expect(mailbox.mails[1]?.text).not.toContain('A calm paper');
  });

  it('a paper that matches only later is sent then', async () => {
    const mailbox = aMailbox();
    const { digest, subscribe, ingest, at } = aDigest(mailbox);
    await subscribe('reader@example.org', 'upvotes:>=10');
    await ingest([{ source: 'hf', arxivId: '2512.00001', title: 'A slow success', upvotes: 2 }]);
    at(day(1));
    expect(await digest.sendDue()).toMatchObject({ recipients: 1, sent: 0 });
    await ingest([
      { source: 'hf', arxivId: '2512.00001', title: 'A slow success', upvotes: 12, fetchedAt: '2025-12-17T08:00:00Z' },
    ]);
    at(day(3));
    expect(await digest.sendDue()).toMatchObject({ recipients: 1, sent: 1 });
  });

  it('after a large import, the mail shows 40 papers, counts the rest, and later papers follow', async () => {
    const mailbox = aMailbox();
    const { digest, subscribe, ingest, at } = aDigest(mailbox);
    await subscribe('reader@example.org');
    await ingest(
      Array.from({ length: 250 }, (_, i) => ({ title: `Bulk paper ${i}`, listings: listed('2025-12-16', i + 1) })),
    );
    at(day(1));
    await digest.sendDue();
    await ingest([{ title: 'The one after', listings: listed('2025-12-16', 300) }]);
    at(day(2));
    await digest.sendDue();
    expect(mailbox.mails.map((mail) => mail.subject)).toEqual(['250 new papers', '1 new paper']);
    expect(mailbox.mails[0]?.text).toContain('and 210 more papers: https://digest.example/papers');
    expect(mailbox.mails[1]?.text).toContain('The one after');
  });

  it('the digest of a past day is sent once on request', async () => {
    const mailbox = aMailbox();
    const { digest, subscribe, ingest } = aDigest(mailbox);
    await ingest([{ title: 'Listed long ago', listings: listed('2025-11-03', 1) }]);
    await subscribe('reader@example.org');
    expect(await digest.plan('2025-11-03' as never)).toMatchObject([
      { address: 'r••••@example.org', filter: 'every paper', papers: 1 },
    ]);
    expect(await digest.sendDay('2025-11-03' as never)).toMatchObject({ recipients: 1, sent: 1 });
    expect(await digest.sendDay('2025-11-03' as never)).toMatchObject({ recipients: 0, sent: 0 });
    expect(mailbox.mails[0]?.subject).toBe('1 new paper');
  });
});
