/** `has:code`: papers with code, a project page, comments, an abstract or author names. */
import { type HasKind, hasKinds } from '#core/condition.ts';
import { defineFilter } from './filter.ts';

const labels: Readonly<Record<HasKind, string>> = {
  code: 'has code',
  project: 'has a project page',
  comments: 'has comments',
  abstract: 'has an abstract',
  authors: 'has author names',
};

export const has = defineFilter({
  qualifiers: ['has'],
  parameter: 'repeated',
  forms: 'one of code, project, comments, abstract and authors',
  values: hasKinds,
  parse: ({ text }) => {
    const what = hasKinds.find((kind) => kind === text.trim().toLowerCase());
    return what ? { kind: 'has', what } : null;
  },
  format: (condition) => (condition.kind === 'has' ? condition.what : null),
  label: (condition) => (condition.kind === 'has' ? labels[condition.what] : null),
});
