/** Analyzes a document into stems with positions, words, edge n-grams and keyword terms. */
import type { SearchDocument } from '#core/ports/papers.ts';
import { tokenize } from '#core/text/terms.ts';
import { decodeTexAccents } from '#core/text/tex.ts';
import type { IndexedField } from '#search/index/field-frequencies.ts';
import { fieldPrefixes } from '#search/index/term-dictionary.ts';
import type { DocumentPostings } from './document-postings.ts';
import type { TermInterner, TokenTerms } from './term-interner.ts';
import { TextTerms } from './text-terms.ts';

/** Length and field boundaries of a document. Its postings are in the `DocumentPostings`. */
export type Analysis = {
  /** Tokens of title and abstract. */
  readonly length: number;
  /** First position of each field. The title starts at 0. */
  readonly abstractAt: number;
  readonly authorsAt: number;
  readonly tagsAt: number;
};

export class Analyzer {
  readonly #interner: TermInterner;
  readonly #textTerms: TextTerms;
  readonly #postings: DocumentPostings;
  #position = 0;
  #field: IndexedField = 'title';

  constructor(interner: TermInterner, postings: DocumentPostings) {
    this.#interner = interner;
    this.#textTerms = new TextTerms(interner);
    this.#postings = postings;
  }

  /** Replaces the content of the `DocumentPostings`. */
  analyze(document: SearchDocument): Analysis {
    this.#position = 0;
    this.#postings.clear();
    this.#addText(document.title, 'title');
    const abstractAt = this.#position;
    this.#addText(document.abstract, 'abstract');
    const authorsAt = this.#position;
    for (const author of document.authors) this.#addText(author, 'author');
    const tagsAt = this.#position;
    for (const tag of document.tags) this.#addText(tag.label, 'tag');
    if (document.organization) this.#addOrganization(document.organization);
    for (const termId of keywordTermIds(document, this.#interner)) this.#postings.addKeyword(termId);
    // Without the gaps after title and abstract.
    return { length: authorsAt - 2, abstractAt, authorsAt, tagsAt };
  }

  #addText(text: string, field: IndexedField): void {
    this.#field = field;
    this.#textTerms.forEach(decodeTexAccents(text), this.#addToken);
    // A gap of one position keeps phrases from matching across texts.
    this.#position++;
  }

  /** Its terms have field prefixes of their own, so the field does not matter. */
  #addOrganization(text: string): void {
    this.#field = 'abstract';
    const decoded = decodeTexAccents(text);
    for (const { term, start, end } of tokenize(decoded)) {
      this.#addToken(this.#interner.internToken('organization', decoded.slice(start, end), term));
    }
  }

  readonly #addToken = ({ stem, words, edgeNgrams }: TokenTerms): void => {
    const field = this.#field;
    this.#postings.addPosition(stem, field, this.#position++);
    let isNewInField = false;
    for (let i = 0; i < words.length; i++) isNewInField = this.#postings.add(words[i] as number, field) || isNewInField;
    if (!isNewInField || !edgeNgrams) return;
    const termIds = edgeNgrams[field];
    for (let i = 0; i < termIds.length; i++) this.#postings.addKeyword(termIds[i] as number);
  };
}

function keywordTermIds({ id, aliases, authors, tags }: SearchDocument, interner: TermInterner): number[] {
  const categories = tags.filter((tag) => tag.kind === 'category').flatMap((tag) => withArchives(tag.slug));
  return [
    ...[id, ...aliases].map((each) => interner.intern(fieldPrefixes.id, each)),
    ...authors.map((name) => interner.internAuthor(name)),
    ...tags.map((tag) => interner.intern(fieldPrefixes.tag, tag.slug)),
    ...categories.map((name) => interner.intern(fieldPrefixes.category, name)),
  ];
}

/** Returns a category and its archives: `cs.cl` gives `cs` and `cs.cl`. */
function withArchives(slug: string): string[] {
  const parts = slug.split('.');
  return parts.map((_, i) => parts.slice(0, i + 1).join('.'));
}
