/** Links to the other pages of a long list. */
import type { PagerView } from '#view/list/paper-list-view.ts';

export function Pager({ pager }: { readonly pager: PagerView }) {
  if (pager.pages <= 1) return null;
  return (
    <nav className="pager small" aria-label="Pages">
      {pager.previous === null ? null : (
        <a href={pager.previous} rel="prev">
          ← Previous
        </a>
      )}
      {pager.numbers.map((number, index) => {
        const before = pager.numbers[index - 1];
        const gap = before !== undefined && Number(number.label) > Number(before.label) + 1;
        return (
          <span key={number.href}>
            {gap ? <span aria-hidden="true">…</span> : null}
            <a
              href={number.href}
              aria-current={number.current ? 'page' : undefined}
              aria-label={`Page ${number.label}`}
            >
              {number.label}
            </a>
          </span>
        );
      })}
      {pager.next === null ? null : (
        <a href={pager.next} rel="next">
          Next →
        </a>
      )}
    </nav>
  );
}
