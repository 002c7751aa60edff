/** Reads topics and arXiv categories for the topics page and the API. */

import type { TagListData } from '#view/tag-list-view.ts';
import type { Library } from './library.ts';

const categoriesMax = 300;

export async function listTags({ reader, topicParents, siteUrl }: Library): Promise<TagListData> {
  const [topics, tags, months] = await Promise.all([reader.topics(), reader.tags(categoriesMax), reader.topicMonths()]);
  return {
    siteUrl,
    tags: [...topics, ...tags.filter((tag) => tag.kind === 'category')],
    parents: topicParents,
    months,
  };
}
