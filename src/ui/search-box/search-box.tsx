'use client';
/** The search box of every page: a plain form; with scripts it completes what one types, and the list follows the keystrokes. */
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
  const { isPending, show, showSoon, seal, cancel } = useLiveResults();
  const showResults = () =>
    showSoon(() => (form.current && !endsWithQualifier(box.current?.value) ? hrefOfForm(form.current) : null));
  const list = useSuggestions(box, showResults);
  // Without scripts there is nothing to choose from, and it is a plain search field.
  const isScripted = useSyncExternalStore(subscribeToNothing, isTrue, isFalse);
  const query = params.get('q') ?? '';
  // On the list of all papers the other filters stay; the page number does not.
  const otherParams = path === allPapersPath ? [...params].filter(([name]) => name !== 'q' && name !== 'page') : [];

  // The address rules, except over what is being typed right now.
  useEffect(() => {
    if (box.current && document.activeElement !== box.current) box.current.value = query;
  }, [query]);
  // One who goes back wants to see what was asked there. The listener stays: one made anew with the list would come too late.
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
    void list.ask();
  };
  const handleSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    list.close();
    show(hrefOfForm(event.currentTarget));
  };
  const handleBlur = ({ currentTarget, relatedTarget }: FocusEvent) => {
    if (!currentTarget.contains(relatedTarget)) seal();
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
          // More than is searched for, so that the list says what it left out; less than an address may hold.
          maxLength={1000}
          autoComplete="off"
          enterKeyHint="search"
          onKeyDown={list.steer}
          onBlur={list.close}
          {...(isScripted ? toCombobox(list) : {})}
        />
        {otherParams.map(([name, value]) => (
          <input key={`${name}=${value}`} type="hidden" name={name} value={value} />
        ))}
        <button className="button" type="submit">
          Search
        </button>
      </form>
      <SuggestionList {...list} />
    </search>
  );
}

/** `authors:` as it stands asks for nothing yet. */
function endsWithQualifier(text = ''): boolean {
  return /(?:^|\s)-?[a-z]+:$/i.test(text);
}

const subscribeToNothing = () => () => {};
const isTrue = () => true;
const isFalse = () => false;
