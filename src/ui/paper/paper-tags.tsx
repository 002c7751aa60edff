/** Links to a paper's topics, categories and keywords. */
import type { TagView } from '#view/paper/paper-view.ts';

export function PaperTags({ tags }: { readonly tags: readonly TagView[] }) {
  if (tags.length === 0) return null;
  return (
    <ul className="tags small" aria-label="Topics">
      {tags.map((tag) => (
        <li key={tag.slug} className={tag.kind}>
          <a href={tag.href} title={tag.title === '' ? undefined : tag.title}>
            {tag.label}
          </a>
        </li>
      ))}
    </ul>
  );
}
