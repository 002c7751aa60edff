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
const correctServer = replayHf(hfWeeks('2025-12-01', 2, 40));

async function startInstance(handler: Handler) {
  const { origin, close } = await startServer(handler);
  onTestFinished(close);
  return { databaseFile: join(aTempFolder(), 'digest.db'), hf: origin, arxiv: 'http://127.0.0.1:9' };
}

it('killed fetches end with the same intact store as an undisturbed one', async () => {
  const undisturbed = await startInstance(correctServer);
  await fetchWithKills({ where: undisturbed, commands: [command], kills: 0, random: () => 1 });
  let requests = 0;
  const disturbed = await startInstance(
    withChaos(correctServer, () => (++requests % 4 === 1 ? (kinds[(requests >> 2) % kinds.length] ?? null) : null)),
  );
  const { killed } = await fetchWithKills({
    where: disturbed,
    commands: [command],
    kills: 3,
    random: () => (requests % 7) / 7,
  });
  expect(killed).toBeGreaterThan(0);
  expect(contentOf(disturbed.databaseFile)).toEqual(contentOf(undisturbed.databaseFile));
  const doctor = await runCommand(['doctor'], disturbed).ended;
  expect(doctor.output).not.toMatch(/^BAD/m);
  expect(doctor.code).toBe(0);
});
