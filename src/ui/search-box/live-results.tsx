/** How the list follows what is typed: after a short pause, the newest asked for only, one step back for a whole search. */
import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useRef, useTransition } from 'react';
import { allPapersPath } from '#view/paths.ts';

/** Short enough to follow the hand, long enough not to ask for every letter of a word. */
export const debounceMs = 150;

export type LiveResults = {
  readonly isPending: boolean;
  /** Shows the list a moment later, unless something else is to be shown before. */
  readonly showSoon: (hrefOf: () => string | null | Promise<string | null>) => void;
  /** Shows it at once, and keeps it in the history when one types on. */
  readonly show: (href: string) => void;
  /** What is typed from here on is another search. */
  readonly seal: () => void;
  /** The same function as long as the component lives. */
  readonly cancel: () => void;
};

export function useLiveResults(): LiveResults {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const requestedHref = useRef('');
  const typedHrefs = useRef(new Set<string>());
  const finishedHref = useRef('');
  useEffect(() => () => clearTimeout(timer.current), []);

  const cancel = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = undefined;
  }, []);
  const navigate = (href: string) => {
    cancel();
    // The address that is shown by now: a list that was overtaken by the next one never gets there.
    const shownHref = currentHref();
    if (href === shownHref && href === requestedHref.current) return;
    requestedHref.current = href;
    // The first keystroke makes a step in the history, the others rewrite it, until the search is sealed.
    const replacesEntry = typedHrefs.current.has(shownHref) && shownHref !== finishedHref.current;
    typedHrefs.current.add(href);
    const scroll = location.pathname !== allPapersPath;
    startTransition(() => (replacesEntry ? router.replace(href, { scroll }) : router.push(href, { scroll })));
  };
  return {
    isPending,
    cancel,
    seal: () => {
      finishedHref.current = currentHref();
    },
    show: (href) => {
      navigate(href);
      finishedHref.current = href;
    },
    showSoon: (hrefOf) => {
      cancel();
      const ownTimer = setTimeout(async () => {
        const href = await hrefOf();
        // What was typed while the address was asked for has a timer of its own: that one goes.
        if (href !== null && timer.current === ownTimer) navigate(href);
      }, debounceMs);
      timer.current = ownTimer;
    },
  };
}

/** The address that the browser makes of the form by itself. */
export function hrefOfForm(form: HTMLFormElement): string {
  return `${allPapersPath}?${fieldsOf(form)}`;
}

export function fieldsOf(form: HTMLFormElement): URLSearchParams {
  return new URLSearchParams([...new FormData(form)].map(([name, value]): [string, string] => [name, String(value)]));
}

function currentHref(): string {
  return location.pathname + location.search;
}
