/** The ingest command against a misbehaving server, killed at random times. */
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { type Misbehaviour, misbehaviours, withChaos } from '#tests/chaos-server.ts';
import { hfWeeks } from '#tests/hf-items.ts';
import { contentOf, fetchWithKills, runCommand } from '#tests/ingest-load.ts';
import { type Handler, startServer } from '#tests/local-server.ts';
import { replayHf } from '#tests/replay-server.ts';
import { aTempFolder } from '#tests/temp-store.ts';

const kinds = [...(Object.keys(misbehaviours) as Misbehaviour[]), 'cut', 'reset', 'slow'] as const;
const command = ['ingest', 'hf', '--from', '2025-12-01', '--to', '2025-12-14'];
const truth = replayHf(hfWeeks('2025-12-01', 2, 40));

async function aPlace(handler: Handler) {
  const { origin, close } = await startServer(handler);
  onTestFinished(close);
  return { databaseFile: join(aTempFolder(), 'digest.db'), hf: origin, arxiv: 'http://127.0.0.1:9' };
}

it('killed fetches end with the same intact store as an undisturbed one', async () => {
  const calm = await aPlace(truth);
  await fetchWithKills({ where: calm, commands: [command], kills: 0, random: () => 1 });
  let asked = 0;
  const wild = await aPlace(
    withChaos(truth, () => (++asked % 4 === 1 ? (kinds[(asked >> 2) % kinds.length] ?? null) : null)),
  );
  const { killed } = await fetchWithKills({
    where: wild,
    commands: [command],
    kills: 3,
    random: () => (asked % 7) / 7,
  });
  expect(killed).toBeGreaterThan(0);
  expect(contentOf(wild.databaseFile)).toEqual(contentOf(calm.databaseFile));
  const doctor = await runCommand(['doctor'], wild).ended;
  expect(doctor.output).not.toMatch(/^BAD/m);
  expect(doctor.code).toBe(0);
});
