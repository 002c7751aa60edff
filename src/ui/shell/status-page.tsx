/** `/status`: the freshness of each source, the reasons for days without papers, and the last runs. */

import { DayTime } from '#ui/kit/day-time.tsx';
import type { StatusView } from '#view/status-schema.ts';
import { PageHead } from './page-head.tsx';

export function StatusPage({ view }: { readonly view: StatusView }) {
  return (
    <main id="content" className="page plain">
      <PageHead title="Status" description={view.line} indexed={false} />
      <h1>Status</h1>
      <p className="lead">
        {view.papersLabel} in the store. {view.trouble}
      </p>
      <Sources sources={view.sources} line={view.line} />
      <EmptyDays days={view.emptyDays} />
      <Runs runs={view.runs} />
    </main>
  );
}

function Sources({ sources, line }: Pick<StatusView, 'sources' | 'line'>) {
  return (
    <section className="status">
      <h2 className="caps">Sources</h2>
      {sources.length === 0 ? <p className="prose">{line}</p> : null}
      <ul className="ruled">
        {sources.map((source) => (
          <li key={source.name} data-source={source.name} data-state={source.state}>
            <p>
              <strong>{source.label}</strong> <span className={`state state-${source.state}`}>{source.state}</span>
            </p>
            <p>{source.sentence}</p>
            <p className="small facts">
              {source.answered ? (
                <>
                  Last answered <DayTime date={source.answered} />
                </>
              ) : null}
              {source.latest ? (
                <>
                  {' · '}latest papers of <DayTime date={source.latest} href={source.latest.href} />
                </>
              ) : null}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function EmptyDays({ days }: { readonly days: StatusView['emptyDays'] }) {
  if (days.length === 0) return null;
  return (
    <section className="status">
      <h2 className="caps">Days without papers</h2>
      <ul className="ruled">
        {days.map(({ day, reasons }) => (
          <li key={day.datetime} className="empty-day">
            <DayTime date={day} />
            <div>
              {reasons.map(({ reason, label }) => (
                <p key={reason}>
                  {reason} <span className="small facts">{label}</span>
                </p>
              ))}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Runs({ runs }: { readonly runs: StatusView['runs'] }) {
  return (
    <section className="status">
      <h2 className="caps">Last runs</h2>
      {runs.length === 0 ? <p className="prose">Nothing has been ingested yet.</p> : null}
      <ul className="ruled">
        {runs.map((run) => (
          <li key={run.id}>
            <p>
              <strong>{run.label}</strong> {run.subject}{' '}
              <span className="small facts">{<DayTime date={run.started} />}</span>
            </p>
            <p className="small">
              {run.read} read: {run.added} added, {run.updated} updated, {run.unchanged} unchanged, {run.rejected}{' '}
              rejected. {run.outcome}
            </p>
            <Rejections run={run} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Rejections({ run }: { readonly run: StatusView['runs'][number] }) {
  if (run.rejections.length === 0) return null;
  const more = run.rejected - run.rejections.length;
  return (
    <details className="small">
      <summary>What was rejected</summary>
      <ul className="lines">
        {run.rejections.map(({ place, title, reason }) => (
          <li key={`${place} ${reason}`}>
            {place}
            {title === null ? '' : ` “${title}”`}: {reason}
          </li>
        ))}
        {more > 0 ? <li>and {more.toLocaleString('en')} more</li> : null}
      </ul>
    </details>
  );
}
