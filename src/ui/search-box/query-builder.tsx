'use client';
/** A form with one field for each condition of a query. With JavaScript the list updates during input. */
import { type FocusEvent, type FormEvent, useEffect, useRef } from 'react';
import type { QueryFields } from '#query/build-query.ts';
import { fetchBuiltHref } from '#ui/kit/api.ts';
import type { FacetTopicView } from '#view/list/paper-list-view.ts';
import { buildPath } from '#view/paths.ts';
import { fieldsOf, useLiveResults } from './live-results.tsx';

type Props = {
  readonly fields: QueryFields;
  /** The query in the syntax of the search box. */
  readonly text: string;
  /** Options of the topic field. */
  readonly topics: readonly Pick<FacetTopicView, 'slug' | 'label'>[];
};

export function QueryBuilder({ fields, text, topics }: Props) {
  const form = useRef<HTMLFormElement>(null);
  const request = useRef<AbortController>(undefined);
  const { showDebounced, show, endSearch, cancel } = useLiveResults();

  // The form follows the query in the address, but not while it has the focus.
  useEffect(() => {
    if (form.current && !form.current.contains(document.activeElement)) fillForm(form.current, fields);
  }, [fields]);

  const fetchHref = async (): Promise<string | null> => {
    request.current?.abort();
    request.current = new AbortController();
    // Ignore aborted requests. After a real error the submit button still works.
    return form.current && fetchBuiltHref(fieldsOf(form.current), request.current.signal).catch(() => null);
  };
  const handleSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    cancel();
    const submittedForm = event.currentTarget;
    const href = await fetchHref();
    if (href === null) submittedForm.submit();
    else show(href);
  };
  const handleBlur = ({ currentTarget, relatedTarget }: FocusEvent) => {
    if (!currentTarget.contains(relatedTarget)) endSearch();
  };

  return (
    <details className="builder small">
      <summary>Refine the search</summary>
      <form
        ref={form}
        action={buildPath}
        method="get"
        onInput={() => showDebounced(fetchHref)}
        onSubmit={handleSubmit}
        onBlur={handleBlur}
      >
        <TextField name="all" label="All of these words" fields={fields} />
        <TextField name="phrase" label="This exact phrase" fields={fields} />
        <TextField name="any" label="Any of these words" fields={fields} />
        <TextField name="none" label="None of these words" fields={fields} />
        <TextField name="author" label="Author" fields={fields} />
        <TextField name="title" label="Words of the title" fields={fields} />
        <RangeFields name="authors" label="Number of authors" hint="such as 1" fields={fields} />
        <RangeFields name="published" label="Published" hint="2024 or 2024-03-01" fields={fields} />
        <TextField name="topic" label="Topic" fields={fields} list="builder-topics" />
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

type TextFieldProps = {
  readonly name: keyof QueryFields;
  readonly label: string;
  readonly fields: QueryFields;
  readonly list?: string;
};

function TextField({ name, label, fields, list }: TextFieldProps) {
  return (
    <label>
      <span>{label}</span>
      <input className="field" name={name} defaultValue={fields[name]} maxLength={500} autoComplete="off" list={list} />
    </label>
  );
}

type RangeFieldsProps = {
  readonly name: 'authors' | 'published';
  readonly label: string;
  readonly hint: string;
  readonly fields: QueryFields;
};

function RangeFields({ name, label, hint, fields }: RangeFieldsProps) {
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

function fillForm(form: HTMLFormElement, fields: QueryFields): void {
  for (const [name, value] of Object.entries(fields)) {
    const input = form.elements.namedItem(name);
    if (!(input instanceof HTMLInputElement)) continue;
    if (input.type === 'checkbox') input.checked = value !== '';
    else input.value = value;
  }
}
