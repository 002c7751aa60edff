/** `/tags`: all topics under their parents, with their counts in total and per month. */

import { StaticIsland } from '#ui/kit/static-island.tsx';
import { PageHead } from '#ui/shell/page-head.tsx';
import type { TagListItemView, TagListView } from '#view/tag-list-view.ts';
import { Formats } from './formats.tsx';
import { Sparkline } from './sparkline.tsx';

export function TagsPage({ view }: { readonly view: TagListView }) {
  const { groups, categories, formats, url } = view;
  const description = `${view.totalLabel} found in the titles and abstracts of the papers.`;
  return (
    <main id="content" className="page plain">
      <PageHead title="Topics" description={description} formats={formats} url={url} />
      <h1>Topics</h1>
      <p className="lead">{view.totalLabel}, found by their words in titles and abstracts.</p>
      <StaticIsland tag="div" attributes={{ className: 'topic-groups' }}>
        {groups.map((group) => (
          <TagGroup key={group.label} label={group.label} tags={group.tags} />
        ))}
        {categories.length === 0 ? null : <TagGroup label="arXiv categories" tags={categories} />}
      </StaticIsland>
      <Formats formats={formats} />
    </main>
  );
}

function TagGroup({ label, tags }: { readonly label: string; readonly tags: readonly TagListItemView[] }) {
  return (
    <section>
      <h2 className="caps">{label}</h2>
      <ul className="lines">
        {tags.map((tag) => (
          <li key={tag.slug}>
            <a href={tag.href}>{tag.label}</a>
            <Sparkline months={tag.course} />
            <span className="small facts">{tag.countLabel}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
