/** Reference implementation of every condition. Tests compare the search engine with it. */
import { parseArxivId } from './arxiv-id.ts';
import type { Condition, HasKind, NumberRange, TextField } from './condition.ts';
import { isWithin, publicationPeriod } from './day.ts';
import type { Paper } from './paper.ts';
import { foldText, termsOf, tokenize, wordsOf } from './text/terms.ts';
import { decodeTexAccents } from './text/tex.ts';

const cjk = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

export function matches(condition: Condition, paper: Paper): boolean {
  switch (condition.kind) {
    case 'text':
      return hasText(condition, textsOf(condition.field, paper));
    case 'tag':
      return paper.tags.some((tag) => tag.slug === condition.slug);
    case 'category':
      return paper.tags.some((tag) => tag.kind === 'category' && isInCategory(tag.slug, condition.name.toLowerCase()));
    case 'authorCount':
      return isInRange(paper.authorCount, condition);
    case 'publishedOn':
      return paper.publishedOn !== null && isWithin(publicationPeriod(paper.publishedOn), condition);
    case 'listedOn':
      return paper.listings.some(({ day }) => isWithin({ from: day, to: day }, condition));
    case 'upvotes':
      return isInRange(paper.upvotes, condition);
    case 'commentCount':
      return isInRange(paper.commentCount, condition);
    case 'has':
      return has(condition.what, paper);
    case 'id':
      return [condition.id, parseArxivId(condition.id)?.id].some((id) => id !== undefined && isIdOf(id, paper));
    case 'authorName':
      return paper.authors.some((author) => foldText(author) === foldText(condition.name));
    case 'not':
      return !matches(condition.condition, paper);
    case 'anyOf':
      return condition.conditions.some((one) => matches(one, paper));
    default:
      return condition satisfies never;
  }
}

/** Returns the texts of a field. A match never spans two texts. */
function textsOf(field: TextField, paper: Paper): readonly string[] {
  switch (field) {
    case 'any':
      return [paper.title, paper.abstract, ...paper.authors, ...paper.tags.map((tag) => tag.label)];
    case 'title':
      return [paper.title];
    case 'abstract':
      return [paper.abstract];
    case 'author':
      return paper.authors;
    case 'org':
      return paper.organization === null ? [] : [paper.organization];
    default:
      return field satisfies never;
  }
}

/**
 * Returns whether the condition's terms are adjacent in one of the texts.
 * A prefix uses unstemmed words, and its last word may continue. A condition without terms matches everything.
 */
export function hasText({ match, text }: Extract<Condition, { kind: 'text' }>, texts: readonly string[]): boolean {
  const analyse = match === 'prefix' ? prefixWordsOf : termsOf;
  const wanted = analyse(text);
  const isMatch = (term: string, i: number) =>
    match === 'prefix' && i === wanted.length - 1 ? term.startsWith(wanted[i] ?? '') : term === wanted[i];
  const hasRun = (terms: readonly string[]) =>
    terms.some((_, at) => wanted.every((_, i) => isMatch(terms[at + i] ?? '', i)));
  return wanted.length === 0 || texts.some((one) => hasRun(analyse(one)));
}

/** Returns the words that a prefix can match: folded and unstemmed, with bigrams for Chinese, Japanese and Korean. */
export function prefixWordsOf(text: string): string[] {
  const decoded = decodeTexAccents(text);
  return tokenize(decoded).flatMap(({ term, start, end }) => {
    const raw = decoded.slice(start, end);
    return cjk.test(raw) ? [term] : wordsOf(raw);
  });
}

function isIdOf(id: string, paper: Paper): boolean {
  return id === paper.id || paper.aliases.includes(id);
}

/** `cs` contains `cs.cl`. `cs.cl` contains only itself. */
function isInCategory(slug: string, name: string): boolean {
  return slug === name || slug.startsWith(`${name}.`);
}

function isInRange(count: number | null, { min, max }: NumberRange): boolean {
  return count !== null && (min === null || count >= min) && (max === null || count <= max);
}

function has(what: HasKind, paper: Paper): boolean {
  switch (what) {
    case 'code':
    case 'project':
      return paper.links.some((link) => link.kind === what);
    case 'comments':
      return (paper.commentCount ?? 0) > 0;
    case 'abstract':
      return paper.abstract !== '';
    case 'authors':
      return paper.authors.length > 0;
    default:
      return what satisfies never;
  }
}
