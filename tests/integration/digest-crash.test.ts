/** The sender is killed at random moments: nobody is left out, and second copies are few and marked as such. */
import { beforeAll, expect, it } from 'vitest';
import { ensureBuilt } from '#scripts/build.mjs';
import { aMailServer } from '#tests/a-mail-server.ts';
import { aLoadedStore, digestDay, runDigest, sendWithKills } from '#tests/digest-load.ts';
import { aTempFolder } from '#tests/temp-store.ts';

const inFlightMax = 10;
const days = 60;

beforeAll(() => ensureBuilt(['bundles']), 120_000);

it('is killed ten times and still sends every mail, none twice but those in flight', async () => {
  const server = await aMailServer();
  const store = await aLoadedStore(aTempFolder(), { subscribers: 300, days });
  const startMs = performance.now();
  expect(await runDigest(store.file, server.url, digestDay(0)).ended).toMatchObject({ code: 0 });
  // As long as a calm run takes: kills come before the end on a fast machine, and not always at the start on a busy one.
  const withinMs = performance.now() - startMs;
  let kills = 0;
  for (let day = 1; day < days && kills < 10; day++) {
    const counts = await sendWithKills(store, server, digestDay(day), { kills: 10 - kills, withinMs });
    expect(counts).toMatchObject({ missing: 0, renamed: 0 });
    expect(counts.inFlightMax).toBeLessThanOrEqual(inFlightMax);
    expect(counts.duplicates).toBeLessThanOrEqual(inFlightMax * counts.kills);
    kills += counts.kills;
  }
  store.database.close();
  expect(kills).toBe(10);
}, 300_000);
