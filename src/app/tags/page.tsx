/** `/tags`: the topics with their numbers of papers. */
import { renderPage } from '#app/answer.ts';
import { app } from '#app/server.ts';
import { TagsPage } from '#ui/list/tags-page.tsx';

export default function AllTagsPage() {
  return renderPage(async () => <TagsPage view={await app().listTags()} />);
}
