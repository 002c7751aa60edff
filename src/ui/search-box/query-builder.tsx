'use client';
/** The form that builds a query field by field; with scripts the list follows what is filled in. */
import { type FocusEvent, type FormEvent, useEffect, useRef } from 'react';
import type { QueryFields } from '#query/build-query.ts';
import { fetchBuiltHref } from '#ui/kit/api.ts';
import type { FacetTopicView } from '#view/list/paper-list-view.ts';
import { buildPath } from '#view/paths.ts';
import { fieldsOf, useFollow } from './live-results.tsx';

type Props = {
  readonly fields: QueryFields;
  /** The query as one types it. */
  readonly text: string;
  /** Offered for the field of that name. */
  readonly topics: readonly Pick<FacetTopicView, 'slug' | 'label'>[];
};

export function QueryBuilder({ fields, text, topics }: Props) {
  const form = useRef<HTMLFormElement>(null);
  const asking = useRef<AbortController>(undefined);
  const { showSoon, show, seal, cancel } = useFollow();

  // The query rules, except over what is being filled in right now.
  useEffect(() => {
    if (form.current && !form.current.contains(document.activeElement)) fill(form.current, fields);
  }, [fields]);

  const build = async (): Promise<string | null> => {
    asking.current?.abort();
    asking.current = new AbortController();
    // An overtaken question is no failure; after a real one the button still works.
    return form.current && fetchBuiltHref(fieldsOf(form.current), asking.current.signal).catch(() => null);
  };
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    cancel();
    const sent = event.currentTarget;
    const href = await build();
    if (href === null) sent.submit();
    else show(href);
  };
  const leave = ({ currentTarget, relatedTarget }: FocusEvent) => {
    if (!currentTarget.contains(relatedTarget)) seal();
  };

  return (
    <details className="builder small">
      <summary>Refine the search</summary>
      <form ref={form} action={buildPath} method="get" onInput={() => showSoon(build)} onSubmit={submit} onBlur={leave}>
        <Line name="all" label="All of these words" fields={fields} />
        <Line name="phrase" label="This exact phrase" fields={fields} />
        <Line name="any" label="Any of these words" fields={fields} />
        <Line name="none" label="None of these words" fields={fields} />
        <Line name="author" label="Author" fields={fields} />
        <Line name="title" label="Words of the title" fields={fields} />
        <Ends name="authors" label="Number of authors" hint="such as 1" fields={fields} />
        <Ends name="published" label="Published" hint="2024 or 2024-03-01" fields={fields} />
        <Line name="topic" label="Topic" fields={fields} list="builder-topics" />
        <datalist id="builder-topics">
          {topics.map(({ slug, label }) => (
            <option key={slug} value={slug}>
              {label}
            </option>
          ))}
        </datalist>
        <label className="check">
          <input type="checkbox" name="code" value="1" defaultChecked={fields.code !== ''} />
          <span>With code only</span>
        </label>
        <input type="hidden" name="sort" defaultValue={fields.sort} />
        <div className="builder-end">
          <button className="button" type="submit">
            Show these papers
          </button>
          {text === '' ? null : (
            <p>
              As one types it: <code>{text}</code>
            </p>
          )}
        </div>
      </form>
    </details>
  );
}

type LineProps = {
  readonly name: keyof QueryFields;
  readonly label: string;
  readonly fields: QueryFields;
  readonly list?: string;
};

function Line({ name, label, fields, list }: LineProps) {
  return (
    <label>
      <span>{label}</span>
      <input className="field" name={name} defaultValue={fields[name]} maxLength={500} autoComplete="off" list={list} />
    </label>
  );
}

type EndsProps = {
  readonly name: 'authors' | 'published';
  readonly label: string;
  readonly hint: string;
  readonly fields: QueryFields;
};

function Ends({ name, label, hint, fields }: EndsProps) {
  return (
    <fieldset className="builder-ends">
      <legend>{label}</legend>
      {(['from', 'to'] as const).map((end) => (
        <label key={end}>
          <span>{end}</span>
          <input
            className="field"
            name={`${name}-${end}`}
            defaultValue={fields[`${name}-${end}`]}
            placeholder={end === 'from' ? hint : undefined}
            autoComplete="off"
          />
        </label>
      ))}
    </fieldset>
  );
}

function fill(form: HTMLFormElement, fields: QueryFields): void {
  for (const [name, value] of Object.entries(fields)) {
    const input = form.elements.namedItem(name);
    if (!(input instanceof HTMLInputElement)) continue;
    if (input.type === 'checkbox') input.checked = value !== '';
    else input.value = value;
  }
}
