/** The page of a list of papers: a period, a search, a topic, an author or the trending papers. */

import { QueryBuilder } from '#ui/search-box/query-builder.tsx';
import { PageHead } from '#ui/shell/page-head.tsx';
import type { PaperListView } from '#view/list/paper-list-view.ts';
import { Sidebar } from './facets.tsx';
import { Formats } from './formats.tsx';
import { ListHead } from './list-head.tsx';
import { Pager } from './pager.tsx';
import { PaperList } from './paper-list.tsx';

/** `freshness` is the front page's line about the age of the sources. */
export function ListPage({ view, freshness }: { readonly view: PaperListView; readonly freshness?: string }) {
  return (
    <main id="content" className="page spread">
      <PageHead title={view.title} description={view.description} formats={view.formats} url={view.url} />
      <ListHead view={view} {...(freshness ? { freshness } : {})}>
        {view.builder === null ? null : (
          <QueryBuilder
            fields={view.builder}
            text={view.canonical}
            topics={view.facets?.topics.map(({ slug, label }) => ({ slug, label })) ?? []}
          />
        )}
      </ListHead>
      {view.storeIsEmpty ? null : <Sidebar view={view} />}
      <div className="list">
        <PaperList view={view} />
        <Pager pager={view.pager} />
        <Formats formats={view.formats} />
      </div>
    </main>
  );
}
