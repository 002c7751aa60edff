/** `/tags`: the topics with their numbers of papers. */
import { app } from '#app/server';
import { TagsPage } from '#ui/tags-page';

export default async function AllTagsPage() {
  return <TagsPage view={await app().listTags()} />;
}
