'use client';
/** The search box of every page: a plain form, and with scripts the list follows the keystrokes. */
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { type FormEvent, useEffect, useRef, useTransition } from 'react';
import { allPapersPath } from '#serve/view/paths';

/** Short enough to follow the hand, long enough not to ask for every letter of a word. */
const pauseMs = 150;

export function SearchBox() {
  const router = useRouter();
  const path = usePathname();
  const params = useSearchParams();
  const [isPending, startTransition] = useTransition();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const input = useRef<HTMLInputElement>(null);
  const asked = params.get('q') ?? '';
  // On the list of all papers the other filters stay; the page number does not.
  const kept = path === allPapersPath ? [...params].filter(([name]) => name !== 'q' && name !== 'page') : [];

  // The address rules, except over what is being typed right now.
  useEffect(() => {
    if (input.current && document.activeElement !== input.current) input.current.value = asked;
  }, [asked]);

  const show = (form: HTMLFormElement) => {
    clearTimeout(timer.current);
    // The very address that the browser makes of the form on Enter.
    const entries = [...new FormData(form)].map(([name, value]): [string, string] => [name, String(value)]);
    const href = `${allPapersPath}?${new URLSearchParams(entries)}`;
    // One step in the history for a whole search: the first keystroke makes it, the others rewrite it.
    startTransition(() => (path === allPapersPath ? router.replace(href, { scroll: false }) : router.push(href)));
  };
  const showSoon = ({ currentTarget: form }: FormEvent<HTMLFormElement>) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => show(form), pauseMs);
  };
  const showNow = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    show(event.currentTarget);
  };

  return (
    <search className="search-place">
      <form className="search" action={allPapersPath} method="get" onInput={showSoon} onSubmit={showNow} aria-busy={isPending}>
        <label className="hidden-label" htmlFor="q">
          Search papers
        </label>
        <input
          ref={input}
          className="field"
          id="q"
          name="q"
          type="search"
          defaultValue={asked}
          placeholder="Words, “a phrase”, author:name …"
          maxLength={500}
          autoComplete="off"
          enterKeyHint="search"
        />
        {kept.map(([name, value]) => (
          <input key={`${name}=${value}`} type="hidden" name={name} value={value} />
        ))}
        <button className="button" type="submit">
          Search
        </button>
      </form>
    </search>
  );
}
