/** `/tags`: the topics with their numbers of papers. */
import { answerPage } from '#app/answer';
import { app } from '#app/server';
import { TagsPage } from '#ui/tags-page';

export default function AllTagsPage() {
  return answerPage(async () => <TagsPage view={await app().listTags()} />);
}
