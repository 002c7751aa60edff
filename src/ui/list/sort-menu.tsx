/** A disclosure with a link to each sort order of a list. */

import { OptionList } from '#ui/kit/option-list.tsx';
import type { OptionView } from '#view/list/paper-list-view.ts';

export function SortMenu({ sorts }: { readonly sorts: readonly OptionView[] }) {
  const active = sorts.find((sort) => sort.active);
  if (sorts.length === 0) return null;
  return (
    <details className="menu">
      <summary>{active ? `Sorted by ${active.label.toLowerCase()}` : 'Sort'}</summary>
      <OptionList options={sorts} />
    </details>
  );
}
