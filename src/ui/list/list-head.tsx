/** The header of a list: title, links to other periods, number of papers, active filters and sort menu. */
import type { ReactNode } from 'react';
import { OptionList } from '#ui/kit/option-list.tsx';
import type { PaperListView, PeriodView } from '#view/list/paper-list-view.ts';
import { QueryProblems } from './query-problems.tsx';
import { SortMenu } from './sort-menu.tsx';

type Props = {
  readonly view: PaperListView;
  readonly freshness?: string;
  /** Rendered below the description. */
  readonly children?: ReactNode;
};

export function ListHead({ view, freshness, children }: Props) {
  return (
    <header className="list-head">
      {view.period === null ? null : <Periods period={view.period} />}
      <h1>{view.title}</h1>
      {view.description === '' ? null : <p className="description">{view.description}</p>}
      {freshness ? (
        <p className="small facts">
          {freshness} <a href="/status">Status</a>
        </p>
      ) : null}
      {view.formula === null ? null : <p className="formula small">{view.formula}</p>}
      {children}
      {view.indexing === null ? null : (
        <p className="small" role="status">
          {view.indexing}
        </p>
      )}
      <QueryProblems view={view} />
      <Chips view={view} />
      <div className="toolbar small">
        <p role="status">
          <strong>{view.totalLabel}</strong>
        </p>
        <SortMenu sorts={view.sorts} />
      </div>
    </header>
  );
}

function Periods({ period }: { readonly period: PeriodView }) {
  return (
    <nav className="periods small" aria-label="Days, weeks and months">
      {period.previous ? (
        <a href={period.previous.href} rel="prev" data-key="[">
          <span aria-hidden="true">←&nbsp;</span>
          {period.previous.label}
        </a>
      ) : (
        <span>The first {period.kind}</span>
      )}
      <OptionList options={period.switches} />
      {period.next ? (
        <a href={period.next.href} rel="next" data-key="]">
          {period.next.label}
          <span aria-hidden="true">&nbsp;→</span>
        </a>
      ) : (
        <span>The latest {period.kind}</span>
      )}
    </nav>
  );
}

function Chips({ view }: { readonly view: PaperListView }) {
  if (view.chips.length === 0) return null;
  return (
    <ul className="chips small" aria-label="Active filters">
      {view.chips.map((chip) => (
        <li key={chip.href}>
          <a href={chip.href} title="Remove this filter">
            <span className="hidden-label">Remove: </span>
            {chip.label}
            <span aria-hidden="true">&nbsp;×</span>
          </a>
        </li>
      ))}
      {view.clearHref === null ? null : (
        <li>
          <a className="clear" href={view.clearHref}>
            Clear all
          </a>
        </li>
      )}
    </ul>
  );
}
