/** Tests that response times reveal nothing about an address. */
import { dirname } from 'node:path';
import { expect, it } from 'vitest';
import { parseSettings } from '#platform/settings.ts';
import { aLibrary } from '#tests/a-library.ts';
import { aTempStore } from '#tests/temp-store.ts';
import { openDigest } from '#wiring/digest.ts';

it('the form takes the same time for new, known, suppressed, limited and robot addresses', async () => {
  const { file, database } = aTempStore();
  const digest = openDigest(parseSettings({ DATABASE_URL: `file:${file}` }, dirname(file)), aLibrary(file));
  const asked = async (fields: Readonly<Record<string, string>>) => {
    const startMs = performance.now();
    const next = await digest.request(new URLSearchParams(fields), '192.0.2.1');
    return { next, isEven: performance.now() - startMs >= 195 };
  };
  await digest.request(new URLSearchParams({ address: 'gone@example.org' }), '192.0.2.1');
  database.prepare(`UPDATE Subscriber SET suppressedBecause = 'gone'`).run();
  const often = Array.from({ length: 6 }, () => ({ address: 'known@example.org' }));
  const forms = [
    ...often,
    { address: 'gone@example.org' },
    { address: 'new@example.org' },
    { address: 'robot@example.org', website: 'x' },
  ];
  const answers = await Promise.all(forms.map(asked));
  digest.close();
  expect(answers).toEqual(forms.map(() => ({ next: '/subscribe/requested', isEven: true })));
});
