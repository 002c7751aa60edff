/** What `/status` shows: each source's state in a sentence, the days, the last runs and what they rejected. */
import type { Day } from '#core/day.ts';
import type { SourceHealth } from '#core/ports/fetching.ts';
import { toDayLink } from './list/period-path.ts';
import type { SourceStateName, StatusView } from './status-schema.ts';
import { toCountLabel, toDayView, toSourceLabel, toTimeView } from './text/labels.ts';

/** Health and state of a source, as wiring puts them together. Times ISO 8601 in UTC. */
export type SourceStatus = {
  readonly name: string;
  readonly health: SourceHealth | null;
  /** `manual`: it is asked by hand only. */
  readonly state: SourceStateName;
  /** When the next batch, or the next try, is expected; since when it is missing for `stalled`. */
  readonly at: string | null;
  /** Why it is quiet or failed; of a manual one, why it failed the last time. */
  readonly reason: string | null;
};

type RunStatus = {
  readonly id: number;
  readonly source: string;
  readonly subject: string;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly read: number;
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly rejected: number;
  readonly failure: string | null;
  readonly rejections: readonly { readonly place: string; readonly title: string | null; readonly reason: string }[];
};

export type StatusData = {
  readonly sources: readonly SourceStatus[];
  readonly runs: readonly RunStatus[];
  /** Days a source was asked for and had no papers, latest first. */
  readonly emptyDays: readonly { readonly source: string; readonly day: Day; readonly reason: string | null }[];
  readonly latestDay: Day | null;
  readonly papers: number;
};

export function toStatusView(data: StatusData): StatusView {
  const { sources, runs, latestDay, papers } = data;
  const views = sources.map((source) => ({
    ...toStateView(source),
    answered: source.health?.answeredAt ? toTimeView(source.health.answeredAt) : null,
    latest: source.health?.latestDay ? toDayLink(source.health.latestDay) : null,
  }));
  return {
    line: toFreshnessLine(sources, latestDay),
    papersLabel: toCountLabel(papers, 'paper'),
    trouble: troubleOf(views),
    sources: views,
    runs: runs.map(({ startedAt, finishedAt, ...run }) => ({
      ...run,
      label: toSourceLabel(run.source),
      started: toTimeView(startedAt),
      outcome: outcomeOf(run, finishedAt),
    })),
    emptyDays: groupByDay(data),
  };
}

function sentenceOf({ state, at, reason }: SourceStatus): string {
  const time = at === null ? null : toTimeView(at).label;
  switch (state) {
    case 'fresh':
      return `The newest papers are here; the next are expected from ${time}.`;
    case 'waiting':
      return time === null
        ? 'It has not been asked yet.'
        : `New papers may come at any moment, at the latest by ${time}.`;
    case 'quiet':
      return `${reason ?? 'Nothing is expected today.'} The next are expected from ${time}.`;
    case 'stalled':
      return `Papers were expected by ${time} and are not there.`;
    case 'failed':
      return `${reason ?? 'It could not be asked.'}${time === null ? '' : ` Next try: ${time}.`}`;
    case 'manual':
      return `It is asked by hand only.${reason === null ? '' : ` The last time it failed: ${reason}`}`;
    default:
      return state satisfies never;
  }
}

/** Days with their reasons; whose a reason is stands beside it where it names itself no source, or not all of that source's categories. */
function groupByDay({ emptyDays, sources }: StatusData): StatusView['emptyDays'] {
  const asked = sources.filter(({ state }) => state !== 'manual').map(({ name }) => name);
  const names = [...new Set([...asked, ...emptyDays.map(({ source }) => source)])];
  const familyOf = (name: string) => name.split(':')[0] ?? name;
  return [...Map.groupBy(emptyDays, ({ day }) => day)].map(([day, ofDay]) => {
    const reasons = Map.groupBy(ofDay, ({ reason }) => reason ?? 'It listed no papers on this day.');
    return {
      day: toDayView(day),
      reasons: [...reasons].map(([reason, told]) => {
        const family = familyOf(told[0]?.source ?? '');
        const isWhole =
          reason.startsWith(toSourceLabel(family)) &&
          names.filter((name) => familyOf(name) === family).length <= told.length;
        return { reason, label: isWhole ? '' : told.map(({ source }) => toSourceLabel(source)).join(', ') };
      }),
    };
  });
}

/** What somebody should look at: `1 source failed, 2 are stalled.`; empty when all is well. */
function troubleOf(sources: StatusView['sources']): string {
  const [failed, stalled] = (['failed', 'stalled'] as const).map(
    (state) => sources.filter((source) => source.state === state).length,
  );
  const parts = [
    failed ? `${toCountLabel(failed, 'source')} failed` : '',
    stalled ? `${failed ? stalled : toCountLabel(stalled, 'source')} ${stalled === 1 ? 'is' : 'are'} stalled` : '',
  ];
  const said = parts.filter((part) => part !== '').join(', ');
  return said === '' ? '' : `${said}.`;
}

const toStateView = (source: SourceStatus) => ({
  name: source.name,
  label: toSourceLabel(source.name),
  state: source.state,
  sentence: sentenceOf(source),
});

/** The source that is worst off, and how many others are like it. */
export function toFreshnessLine(all: readonly SourceStatus[], latestDay: Day | null): string {
  const sources = all.filter((source) => source.state !== 'manual').map(toStateView);
  if (sources.length === 0) {
    const latest =
      latestDay === null ? 'there is no listing yet' : `the latest listing is of ${toDayView(latestDay).label}`;
    return `Nothing is fetched by itself here: ${latest}.`;
  }
  const worst = (['failed', 'stalled', 'waiting', 'quiet', 'fresh'] as const).find((state) =>
    sources.some((source) => source.state === state),
  );
  const told = sources.filter((source) => source.state === worst);
  const [first] = told;
  const others = told.length > 1 ? ` (and ${told.length - 1} more)` : '';
  return first ? `${first.label}${others}: ${first.sentence}` : '';
}

function outcomeOf(run: Pick<RunStatus, 'failure'>, finishedAt: string | null): string {
  if (run.failure !== null) return run.failure;
  return finishedAt === null ? 'It is running, or was killed.' : 'It is complete.';
}
