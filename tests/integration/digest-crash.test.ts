/** The sender is killed at random moments: nobody is left out, and second copies are few and marked as such. */
import { beforeAll, expect, it } from 'vitest';
import { ensureBuilt } from '#scripts/build';
import { aMailServer } from '#tests/a-mail-server';
import { aLoadedStore, digestDay, sendWithKills } from '#tests/digest-load';
import { aTempFolder } from '#tests/temp-store';

const inFlightMax = 10;

beforeAll(() => ensureBuilt(['bundles']), 120_000);

it('is killed ten times and still sends every mail, none twice but those in flight', async () => {
  const server = await aMailServer();
  const store = await aLoadedStore(aTempFolder(), { subscribers: 300, days: 4 });
  let kills = 0;
  for (let day = 0; day < 4 && kills < 10; day++) {
    const counts = await sendWithKills(store, server, digestDay(day), { kills: 10 - kills, withinMs: 2_000 });
    expect(counts).toMatchObject({ missing: 0, renamed: 0 });
    expect(counts.inFlightMax).toBeLessThanOrEqual(inFlightMax);
    expect(counts.duplicates).toBeLessThanOrEqual(inFlightMax * counts.kills);
    kills += counts.kills;
  }
  store.database.close();
  expect(kills).toBeGreaterThanOrEqual(5);
}, 120_000);
