/** `id:2405.14906`: one paper, by its id or by any form of its arXiv id. */
import { parseArxivId } from '#core/arxiv-id.ts';
import { PaperIdSchema } from '#core/paper.ts';
import { defineFilter } from './filter.ts';

export const id = defineFilter({
  qualifiers: ['id', 'arxiv'],
  forms: 'the id of a paper such as 2405.14906',
  parse: ({ text }) => {
    const paperId = PaperIdSchema.safeParse(parseArxivId(text)?.id ?? text.trim());
    return paperId.success ? { kind: 'id', id: paperId.data } : null;
  },
  format: (condition) => (condition.kind === 'id' ? condition.id : null),
  label: (condition) => (condition.kind === 'id' ? `id ${condition.id}` : null),
});
