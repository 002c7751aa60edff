/** Links to the pages of a list. */
import type { PagerView } from './paper-list-view.ts';

export type PagerInput = {
  /** Papers in the list, partial matches included. */
  readonly count: number;
  readonly page: number;
  readonly pageSize: number;
};

/** On a page past the end, `previous` is the last page. */
export function toPager({ count, page, pageSize }: PagerInput, hrefOfPage: (page: number) => string): PagerView {
  const pages = Math.max(1, Math.ceil(count / pageSize));
  const shown = new Set([1, page - 1, page, page + 1, pages].filter((number) => number >= 1 && number <= pages));
  return {
    page,
    pages,
    previous: page > 1 ? hrefOfPage(Math.min(page - 1, pages)) : null,
    next: page < pages ? hrefOfPage(page + 1) : null,
    numbers: [...shown]
      .sort((a, b) => a - b)
      .map((number) => ({ label: String(number), href: hrefOfPage(number), current: number === page })),
  };
}
