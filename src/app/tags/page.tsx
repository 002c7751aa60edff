/** `/tags`: the topics with their numbers of papers. */
import { answerPage } from '#app/answer.ts';
import { app } from '#app/server.ts';
import { TagsPage } from '#ui/list/tags-page.tsx';

export default function AllTagsPage() {
  return answerPage(async () => <TagsPage view={await app().listTags()} />);
}
