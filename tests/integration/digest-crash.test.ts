/** Tests that a killed sender skips no subscriber, and that duplicates are few and have the same Message-ID. */
import { beforeAll, expect, it } from 'vitest';
import { ensureBuilt } from '#scripts/build.mjs';
import { aMailServer } from '#tests/a-mail-server.ts';
import { aLoadedStore, digestDay, runDigest, sendWithKills } from '#tests/digest-load.ts';
import { aTempFolder } from '#tests/temp-store.ts';

const inFlightMax = 10;
const days = 60;

beforeAll(() => ensureBuilt(['bundles']), 120_000);

it('a sender that is killed ten times sends every mail, and repeats only those in flight', async () => {
  const server = await aMailServer();
  const store = await aLoadedStore(aTempFolder(), { subscribers: 300, days });
  const startMs = performance.now();
  expect(await runDigest(store.file, server.url, digestDay(0)).ended).toMatchObject({ code: 0 });
  // Scales with the time of an undisturbed run, so that kills hit all stages on fast and slow machines.
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
