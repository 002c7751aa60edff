/** Filters documents by their stored texts, for prefix conditions of several words. */
import type { TextField } from '#core/condition.ts';
import { hasText } from '#core/matches.ts';
import type { SearchDocuments } from '#core/ports/papers.ts';
import type { Verify } from './filter-text.ts';

type Texts = ReturnType<SearchDocuments['textsOf']> extends ReadonlyMap<number, infer T> ? T : never;

export function createVerify(documents: Pick<SearchDocuments, 'textsOf'>): Verify {
  return (segment, set, condition) => {
    if (condition.kind !== 'text') return;
    const texts = documents.textsOf([...set.toArray()].map((doc) => segment.key(doc)));
    set.filter((doc) => {
      const paper = texts.get(segment.key(doc));
      return paper !== undefined && hasText(condition, textsOfField(condition.field, paper));
    });
  };
}

function textsOfField(field: TextField, { title, abstract, authors, organization, tags }: Texts): readonly string[] {
  switch (field) {
    case 'any':
      return [title, abstract, ...authors, ...tags];
    case 'title':
      return [title];
    case 'abstract':
      return [abstract];
    case 'author':
      return authors;
    case 'org':
      return organization === null ? [] : [organization];
    default:
      return field satisfies never;
  }
}
