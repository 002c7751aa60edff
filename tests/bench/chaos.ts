/** `npm run bench -- chaos [KILLS]`: fetches from faulty servers, kills the command at random and checks the store. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Misbehaviour, misbehaviours, withChaos } from '#tests/chaos-server.ts';
import { hfWeeks } from '#tests/hf-items.ts';
import { contentOf, fetchWithKills, runCommand } from '#tests/ingest-load.ts';
import { type Handler, startServer } from '#tests/local-server.ts';
import { replayArxiv, replayHf } from '#tests/replay-server.ts';

const kills = Number(process.argv.slice(2).find((argument) => /^\d+$/.test(argument)) ?? 20);
const killsARound = 20;
const kinds = [...(Object.keys(misbehaviours) as Misbehaviour[]), 'cut', 'reset', 'slow'] as const;
const hfTruth = replayHf(hfWeeks('2025-09-01', 12, 60));
const arxivTruth = replayArxiv(
  Array.from({ length: 450 }, (_, i) => ({
    id: `2509.${String(i).padStart(5, '0')}v1`,
    published: `2025-09-0${1 + (i % 3)}T10:00:00Z`,
  })),
);
const commands = [
  ['ingest', 'hf', '--from', '2025-09-01', '--to', '2025-11-23'],
  ['ingest', 'arxiv', '--category', 'cs.CL', '--from', '2025-09-01', '--to', '2025-09-03'],
];
const countsByKind = new Map<string, number>();

const calm = await round(0, (truth) => truth);
let isRight = true;
let [killed, failed] = [0, 0];
const started = performance.now();
while (killed < kills) {
  const wild = await round(Math.min(killsARound, kills - killed), (truth) => withChaos(truth, misbehave));
  killed += wild.killed;
  failed += wild.failed;
  isRight &&= wild.isWell && JSON.stringify(wild.content) === JSON.stringify(calm.content);
  console.log(
    `${killed} of ${kills} kills, ${failed} runs given up, so far ${isRight ? 'the same as a calm run' : 'NOT the same as a calm run'}`,
  );
}
const seconds = ((performance.now() - started) / 1000).toFixed(0);
console.log(
  `\n${calm.content.length} rows compared, ${seconds} s; answers that misbehaved: ${[...countsByKind].map(([kind, n]) => `${kind} ${n}`).join(', ')}`,
);
if (!isRight) process.exitCode = 1;

/** Picks a misbehaviour for 30% of the responses. */
function misbehave(): Misbehaviour | null {
  const kind = Math.random() < 0.3 ? (kinds[Math.floor(Math.random() * kinds.length)] ?? null) : null;
  if (kind !== null) countsByKind.set(kind, (countsByKind.get(kind) ?? 0) + 1);
  return kind;
}

async function round(killsMax: number, wrap: (truth: Handler) => Handler) {
  const folder = mkdtempSync(join(tmpdir(), 'paper-digest-bench-'));
  const servers = [await startServer(wrap(hfTruth)), await startServer(wrap(arxivTruth))];
  const where = {
    databaseFile: join(folder, 'digest.db'),
    hf: servers[0]?.origin ?? '',
    arxiv: servers[1]?.origin ?? '',
  };
  try {
    const counts = await fetchWithKills({ where, commands, kills: killsMax, random: Math.random });
    const doctor = await runCommand(['doctor'], where).ended;
    if (doctor.code !== 0) console.log(doctor.output);
    return { ...counts, content: contentOf(where.databaseFile), isWell: doctor.code === 0 };
  } finally {
    for (const server of servers) await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
