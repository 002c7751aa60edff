/** What a document is found by: its terms with fields and positions, its surface words, and its exact facts. */
import type { SearchDocument } from '#core/ports/papers.ts';
import { tokenize } from '#core/text/terms.ts';
import { decodeTexAccents } from '#core/text/tex.ts';
import type { IndexedField } from '#search/index/field-frequencies.ts';
import { fieldPrefixes } from '#search/index/term-dictionary.ts';
import type { DocumentPostings } from './document-postings.ts';
import type { TermInterner, TokenTerms } from './term-interner.ts';
import { TextTerms } from './text-terms.ts';

/** Where the fields of a document lie; what it is found by is in the `KeyUses`. */
export type Analysis = {
  /** Tokens of title and abstract. */
  readonly length: number;
  readonly abstractAt: number;
  readonly authorsAt: number;
  readonly tagsAt: number;
};

export class Analyzer {
  readonly #keys: TermInterner;
  readonly #texts: TextTerms;
  readonly #uses: DocumentPostings;
  #position = 0;
  #field: IndexedField = 'title';

  constructor(keys: TermInterner, uses: DocumentPostings) {
    this.#keys = keys;
    this.#texts = new TextTerms(keys);
    this.#uses = uses;
  }

  /** Fills the uses anew. */
  analyze(document: SearchDocument): Analysis {
    this.#position = 0;
    this.#uses.clear();
    this.#addText(document.title, 'title');
    const abstractAt = this.#position;
    this.#addText(document.abstract, 'abstract');
    const authorsAt = this.#position;
    for (const author of document.authors) this.#addText(author, 'author');
    const tagsAt = this.#position;
    for (const tag of document.tags) this.#addText(tag.label, 'tag');
    if (document.organization) this.#addOrganization(document.organization);
    for (const key of factKeys(document, this.#keys)) this.#uses.addFact(key);
    return { length: authorsAt - 2, abstractAt, authorsAt, tagsAt };
  }

  #addText(text: string, field: IndexedField): void {
    this.#field = field;
    this.#texts.read(decodeTexAccents(text), this.#takeToken);
    // A gap after each text keeps phrases from reaching over its end.
    this.#position++;
  }

  /** It has keys of its own, so it does not matter which field counts for it. */
  #addOrganization(text: string): void {
    this.#field = 'abstract';
    const decoded = decodeTexAccents(text);
    for (const { term, start, end } of tokenize(decoded)) {
      this.#takeToken(this.#keys.ofToken('organization', decoded.slice(start, end), term));
    }
  }

  readonly #takeToken = ({ stem, words, edgeNgrams: beginnings }: TokenTerms): void => {
    const field = this.#field;
    this.#uses.addAt(stem, field, this.#position++);
    let isNew = false;
    for (let i = 0; i < words.length; i++) isNew = this.#uses.add(words[i] as number, field) || isNew;
    if (!isNew || !beginnings) return;
    const letters = beginnings[field];
    for (let i = 0; i < letters.length; i++) this.#uses.addFact(letters[i] as number);
  };
}

function factKeys({ id, aliases, authors, tags }: SearchDocument, keys: TermInterner): number[] {
  const categories = tags.filter((tag) => tag.kind === 'category').flatMap((tag) => withArchives(tag.slug));
  return [
    ...[id, ...aliases].map((each) => keys.of(fieldPrefixes.id, each)),
    ...authors.map((name) => keys.ofAuthor(name)),
    ...tags.map((tag) => keys.of(fieldPrefixes.tag, tag.slug)),
    ...categories.map((name) => keys.of(fieldPrefixes.category, name)),
  ];
}

/** Every name a category is found by: `cs.cl` is in `cs` too. */
function withArchives(slug: string): string[] {
  const parts = slug.split('.');
  return parts.map((_, i) => parts.slice(0, i + 1).join('.'));
}
