/** `/tags`: the topics with the number of papers for each. */
import { renderPage } from '#app/answer.ts';
import { app } from '#app/server.ts';
import { TagsPage } from '#ui/list/tags-page.tsx';

export default function AllTagsPage() {
  return renderPage(async () => <TagsPage view={await app().listTags()} />);
}
