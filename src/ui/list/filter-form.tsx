/** The filters as a form: a text field for each range, and hidden fields for the other active filters. */
import type { FilterFormView } from '#view/list/paper-list-view.ts';

export function FilterForm({ form }: { readonly form: FilterFormView }) {
  const otherFlags = form.has.filter((what) => what !== 'code');
  return (
    <form className="filter-form" action={form.action} method="get">
      {form.q === '' ? null : <input type="hidden" name="q" value={form.q} />}
      {form.tags.map((tag) => (
        <input key={tag} type="hidden" name="tag" value={tag} />
      ))}
      {otherFlags.map((what) => (
        <input key={what} type="hidden" name="has" value={what} />
      ))}
      {form.sort === '' ? null : <input type="hidden" name="sort" value={form.sort} />}
      <RangeField name="authors" label="Number of authors" example="1..3, 5, 10.." value={form.authors} />
      <RangeField name="published" label="Published" example="2024, 2024-03..2024-06" value={form.published} />
      <RangeField name="listed" label="Listed" example="2025-12-16, ..2025-11" value={form.listed} />
      <label className="check">
        <input type="checkbox" name="has" value="code" defaultChecked={form.has.includes('code')} />
        <span>With code only</span>
      </label>
      <button type="submit" className="button">
        Filter the list
      </button>
    </form>
  );
}

function RangeField({
  name,
  label,
  example,
  value,
}: {
  readonly name: string;
  readonly label: string;
  readonly example: string;
  readonly value: string;
}) {
  return (
    <label>
      <span>{label}</span>
      <input className="field" name={name} defaultValue={value} placeholder={example} autoComplete="off" key={value} />
    </label>
  );
}
