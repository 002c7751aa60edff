/** Updates the list while the reader types. Input is debounced, and each search is one history entry. */
import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useRef, useTransition } from 'react';
import { allPapersPath } from '#view/paths.ts';

/** Short enough to feel immediate, long enough to skip most letters of a word. */
export const debounceMs = 150;

export type LiveResults = {
  readonly isPending: boolean;
  /** Navigates after `debounceMs`, unless another call comes first. If `hrefOf` returns null, nothing happens. */
  readonly showDebounced: (hrefOf: () => string | null | Promise<string | null>) => void;
  /** Navigates at once. The next change pushes a history entry. */
  readonly show: (href: string) => void;
  /** The next change pushes a history entry instead of replacing the current one. */
  readonly endSearch: () => void;
  /** Cancels a debounced navigation. The function is the same in every render. */
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
    // The browser's address: it skips lists that a newer navigation superseded.
    const shownHref = currentHref();
    if (href === shownHref && href === requestedHref.current) return;
    requestedHref.current = href;
    // The first keystroke pushes a history entry. The others replace it until the search ends.
    const replacesEntry = typedHrefs.current.has(shownHref) && shownHref !== finishedHref.current;
    typedHrefs.current.add(href);
    const scroll = location.pathname !== allPapersPath;
    startTransition(() => (replacesEntry ? router.replace(href, { scroll }) : router.push(href, { scroll })));
  };
  return {
    isPending,
    cancel,
    endSearch: () => {
      finishedHref.current = currentHref();
    },
    show: (href) => {
      navigate(href);
      finishedHref.current = href;
    },
    showDebounced: (hrefOf) => {
      cancel();
      const ownTimer = setTimeout(async () => {
        const href = await hrefOf();
        // Input since then has set another timer, which supersedes this one.
        if (href !== null && timer.current === ownTimer) navigate(href);
      }, debounceMs);
      timer.current = ownTimer;
    },
  };
}

/** Returns the address that the browser would open if the form were submitted. */
export function hrefOfForm(form: HTMLFormElement): string {
  return `${allPapersPath}?${fieldsOf(form)}`;
}

export function fieldsOf(form: HTMLFormElement): URLSearchParams {
  return new URLSearchParams([...new FormData(form)].map(([name, value]): [string, string] => [name, String(value)]));
}

function currentHref(): string {
  return location.pathname + location.search;
}
