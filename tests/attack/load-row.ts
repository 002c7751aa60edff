/** Measures one attack: a victim's latencies, the attacker's responses, errors and memory. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { AttackRow, Outcome, Stage } from './attack-row.ts';
import type { AttackReport, AttackSpec } from './attack-spec.ts';
import type { Instance } from './instance.ts';
import { median, quantile, type Samples, untilCalm, watchAsVictim } from './victim.ts';

const bounds = { freshP95Ms: 1000, healthP95Ms: 50, cachedP95Ms: 50 };

type Load = {
  readonly name: string;
  readonly title: string;
  readonly attack: AttackSpec;
  /** Duration of the victim's measurement, which may be longer than the attack. */
  readonly seconds: number;
  /** More than a hundred requests queue, so the attacker must get 503 with `Retry-After`. */
  readonly overflows?: boolean;
  /** Runs during the attack. */
  readonly beside?: (stage: Stage) => Promise<unknown>;
};

/** Creates a row whose figures are medians over the stage's runs. */
export const loadRow = (load: Load): AttackRow => ({
  name: load.name,
  title: load.title,
  needsOwnInstance: load.beside !== undefined,
  async run(stage) {
    const figures: Figures[] = [];
    for (let run = 0; run < stage.runs; run++) figures.push(await measure(load, stage));
    return judge(load, figures);
  },
});

type Figures = Readonly<
  Record<'healthP50' | 'healthP95' | 'cachedP50' | 'cachedP95' | 'freshP50' | 'freshP95' | 'freshMax', number>
> & {
  readonly perSecond: number;
  readonly refused: number;
  readonly toldWhen: number;
  readonly errors: number;
  readonly megabytes: number;
  readonly failures: readonly string[];
};

async function measure({ attack, seconds, beside }: Load, stage: Stage): Promise<Figures> {
  const { instance } = stage;
  await untilCalm(instance.url);
  let peak = 0;
  const watching = setInterval(() => {
    peak = Math.max(peak, instance.memory());
  }, 250);
  const [report, samples] = await Promise.all([
    attackFrom(instance, attack),
    watchAsVictim(instance.url, seconds),
    beside?.(stage),
  ]);
  clearInterval(watching);
  return toFigures(report, samples, peak);
}

function toFigures(report: AttackReport, samples: Samples, megabytes: number): Figures {
  const { health, cached, fresh, failures } = samples;
  const responses = Object.values(report.statuses).reduce((sum, count) => sum + count, 0);
  const refused = report.statuses['503'] ?? 0;
  const errors = Object.entries(report.statuses).reduce(
    (sum, [status, count]) => sum + (/^5/.test(status) && status !== '503' ? count : 0),
    0,
  );
  return {
    healthP50: median(health),
    healthP95: quantile(health, 0.95),
    cachedP50: median(cached),
    cachedP95: quantile(cached, 0.95),
    freshP50: median(fresh),
    freshP95: quantile(fresh, 0.95),
    freshMax: Math.max(...fresh),
    perSecond: responses / report.seconds,
    refused,
    toldWhen: report.toldWhen,
    errors,
    megabytes,
    failures,
  };
}

/** Runs the attacker in its own process, so that its work delays no measurement. */
function attackFrom(instance: Instance, attack: AttackSpec): Promise<AttackReport> {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'attacker.ts'), instance.url, JSON.stringify(attack)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(JSON.parse(Buffer.concat(chunks).toString()) as AttackReport);
      else reject(new Error(`the attacker ended with code ${code}`));
    });
  });
}

function judge({ overflows = false }: Load, runs: readonly Figures[]): Outcome {
  const of = (name: Exclude<keyof Figures, 'failures'>) => median(runs.map((figures) => figures[name]));
  const hasRetryAfter = !overflows || runs.every(({ refused, toldWhen }) => refused > 0 && toldWhen === refused);
  const errors = runs.reduce((sum, figures) => sum + figures.errors, 0);
  const passed =
    of('freshP95') <= bounds.freshP95Ms &&
    of('healthP95') <= bounds.healthP95Ms &&
    of('cachedP95') <= bounds.cachedP95Ms &&
    errors === 0 &&
    hasRetryAfter;
  const ms = (name: Exclude<keyof Figures, 'failures'>) => Math.round(of(name)).toLocaleString('en');
  const failures = [...new Set(runs.flatMap((figures) => figures.failures))];
  const seen = [
    `attacker ${ms('perSecond')}/s${overflows ? `, 503 ${ms('refused')} (${ms('toldWhen')} with Retry-After)` : ''}`,
    `health ${ms('healthP50')}/${ms('healthP95')}`,
    `cached ${ms('cachedP50')}/${ms('cachedP95')}`,
    `new ${ms('freshP50')}/${ms('freshP95')}, max ${ms('freshMax')} ms`,
    `other 5xx ${errors}`,
    `RSS ${ms('megabytes')} MB`,
    ...(failures.length > 0 ? [`victim: ${failures.slice(0, 3).join(', ')}`] : []),
  ].join(' · ');
  const figures = Object.fromEntries(
    (Object.keys(runs[0] ?? {}) as (keyof Figures)[]).flatMap((name) =>
      name === 'failures' ? [] : [[name, of(name)]],
    ),
  );
  return { passed, seen, figures };
}
