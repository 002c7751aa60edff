'use client';
/** The search form in the header. With JavaScript it suggests completions, and the list updates during input. */
import { usePathname, useSearchParams } from 'next/navigation';
import { type FocusEvent, type FormEvent, useEffect, useRef, useSyncExternalStore } from 'react';
import { allPapersPath } from '#view/paths.ts';
import { hrefOfForm, useLiveResults } from './live-results.tsx';
import { SuggestionList, toCombobox, useSuggestions } from './suggestions.tsx';

export function SearchBox() {
  const path = usePathname();
  const params = useSearchParams();
  const form = useRef<HTMLFormElement>(null);
  const box = useRef<HTMLInputElement>(null);
  const { isPending, show, showDebounced, endSearch, cancel } = useLiveResults();
  const showResults = () =>
    showDebounced(() => (form.current && !endsWithQualifier(box.current?.value) ? hrefOfForm(form.current) : null));
  const suggestions = useSuggestions(box, showResults);
  // Without JavaScript there are no suggestions, so the input is a plain search field and not a combobox.
  const isScripted = useSyncExternalStore(subscribeToNothing, isTrue, isFalse);
  const query = params.get('q') ?? '';
  // On `/papers` a new search keeps the other filters, but starts at the first page.
  const otherParams = path === allPapersPath ? [...params].filter(([name]) => name !== 'q' && name !== 'page') : [];

  // The input follows the query in the address, but not while it has the focus.
  useEffect(() => {
    if (box.current && document.activeElement !== box.current) box.current.value = query;
  }, [query]);
  // Back and Forward restore the query in the input. A listener that is added after the list renders would be too late.
  useEffect(() => {
    const handlePopState = () => {
      cancel();
      if (box.current) box.current.value = new URLSearchParams(location.search).get('q') ?? '';
    };
    window.addEventListener('popstate', handlePopState);
    return () => window.removeEventListener('popstate', handlePopState);
  }, [cancel]);

  const handleInput = () => {
    showResults();
    void suggestions.load();
  };
  const handleSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    suggestions.close();
    show(hrefOfForm(event.currentTarget));
  };
  const handleBlur = ({ currentTarget, relatedTarget }: FocusEvent) => {
    if (!currentTarget.contains(relatedTarget)) endSearch();
  };

  return (
    <search className="search-place">
      <form
        ref={form}
        className="search"
        action={allPapersPath}
        method="get"
        onInput={handleInput}
        onSubmit={handleSubmit}
        onBlur={handleBlur}
        aria-busy={isPending}
      >
        <label className="hidden-label" htmlFor="q">
          Search papers
        </label>
        <input
          ref={box}
          className="field"
          id="q"
          name="q"
          type="search"
          defaultValue={query}
          placeholder="Words, “a phrase”, author:name …"
          // Longer than the query limit, so that the list can report omitted text. Shorter than the URL limit.
          maxLength={1000}
          autoComplete="off"
          enterKeyHint="search"
          onKeyDown={suggestions.handleKeyDown}
          onBlur={suggestions.close}
          {...(isScripted ? toCombobox(suggestions) : {})}
        />
        {otherParams.map(([name, value]) => (
          <input key={`${name}=${value}`} type="hidden" name={name} value={value} />
        ))}
        <button className="button" type="submit">
          Search
        </button>
      </form>
      <SuggestionList {...suggestions} />
    </search>
  );
}

/** Returns true if the text ends with a qualifier that has no value yet, such as `authors:`. */
function endsWithQualifier(text = ''): boolean {
  return /(?:^|\s)-?[a-z]+:$/i.test(text);
}

const subscribeToNothing = () => () => {};
const isTrue = () => true;
const isFalse = () => false;
