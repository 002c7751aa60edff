/** `tag:code-generation`: papers with a topic, category or keyword, by its slug. */
import { TagSlugSchema } from '#core/paper.ts';
import { foldText } from '#core/text/terms.ts';
import { defineFilter } from './filter.ts';

export const tag = defineFilter({
  qualifiers: ['tag', 'topic'],
  parameter: 'repeated',
  forms: 'the short name of a topic such as code-generation',
  // A label works too: `tag:"Code generation"`.
  parse: ({ text }) => {
    const slug = TagSlugSchema.safeParse(foldText(text.trim()).replace(/[\s_]+/g, '-'));
    return slug.success ? { kind: 'tag', slug: slug.data } : null;
  },
  format: (condition) => (condition.kind === 'tag' ? condition.slug : null),
  label: (condition, labels) => (condition.kind === 'tag' ? (labels.tag?.(condition.slug) ?? condition.slug) : null),
});
