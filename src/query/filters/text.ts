/** Text filters: words, phrases and prefixes, in any field or in one field. */
import type { Condition, TextField } from '#core/condition.ts';
import { cleanLine, isCommon, readText, writeText } from '#query/text-value.ts';
import { defineFilter, type Filter } from './filter.ts';

export const anywhere = defineTextFilter('any', []);
export const title = defineTextFilter('title', ['title', 'ti']);
export const abstract = defineTextFilter('abstract', ['abstract', 'abs']);
export const organization = defineTextFilter('org', ['org']);
const authorWords = defineTextFilter('author', ['author', 'au', 'by']);

/** `author:doe` and `author:"Jane Doe"` match words of a name; `author:="Jane Doe"` matches the whole name. */
export const author: Filter = {
  ...authorWords,
  forms: 'a name such as Doe, "Jane Doe" or, for exactly this name, ="Jane Doe"',
  parse: (value) => {
    if (value.exact) return toAuthorName(value.text);
    if (value.text.startsWith('=') && !value.quoted) return toAuthorName(value.text.slice(1));
    return authorWords.parse(value);
  },
  format: (condition) =>
    condition.kind === 'authorName' ? `="${condition.name.replaceAll('"', '""')}"` : authorWords.format(condition),
  label: (condition, labels) =>
    condition.kind === 'authorName' ? `by ${condition.name}` : authorWords.label(condition, labels),
};

function defineTextFilter(field: TextField, qualifiers: readonly string[]): Filter {
  return defineFilter({
    qualifiers,
    forms: 'a word, the beginning of one such as decod*, or a "phrase in quotes"',
    keepsOrder: true,
    isCommon: ({ text, quoted }) => !quoted && !text.endsWith('*') && isCommon(field, text),
    parse: (value) => {
      const read = readText(field, value);
      return read && { kind: 'text', field, ...read };
    },
    format: (condition) => (isIn(field, condition) ? writeText(field, condition) : null),
    label: (condition) => (isIn(field, condition) ? labelText(field, condition) : null),
  });
}

type TextCondition = Extract<Condition, { kind: 'text' }>;

function isIn(field: TextField, condition: Condition): condition is TextCondition {
  return condition.kind === 'text' && condition.field === field;
}

const fieldLabels: Readonly<Record<TextField, string>> = {
  any: '',
  title: 'title: ',
  abstract: 'abstract: ',
  author: 'author: ',
  org: 'organisation: ',
};

function labelText(field: TextField, { match, text }: TextCondition): string {
  const shown = match === 'phrase' ? `“${text}”` : match === 'prefix' ? `${text}…` : text;
  return `${fieldLabels[field]}${shown}`;
}

function toAuthorName(text: string): Condition | null {
  const name = cleanLine(text).replace(/ +/g, ' ').trim();
  return name === '' ? null : { kind: 'authorName', name };
}
