/** How the list follows what is typed: after a short pause, the newest asked for only, one step back for a whole search. */
import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useRef, useTransition } from 'react';
import { allPapersPath } from '#view/paths.ts';

/** Short enough to follow the hand, long enough not to ask for every letter of a word. */
export const pauseMs = 150;

export type Follow = {
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

export function useFollow(): Follow {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const wanted = useRef('');
  const typed = useRef(new Set<string>());
  const sealed = useRef('');
  useEffect(() => () => clearTimeout(timer.current), []);

  const cancel = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = undefined;
  }, []);
  const go = (href: string) => {
    cancel();
    // The address that is shown by now: a list that was overtaken by the next one never gets there.
    const here = addressNow();
    if (href === here && href === wanted.current) return;
    wanted.current = href;
    // The first keystroke makes a step in the history, the others rewrite it, until the search is sealed.
    const rewrites = typed.current.has(here) && here !== sealed.current;
    typed.current.add(href);
    const scroll = location.pathname !== allPapersPath;
    startTransition(() => (rewrites ? router.replace(href, { scroll }) : router.push(href, { scroll })));
  };
  return {
    isPending,
    cancel,
    seal: () => {
      sealed.current = addressNow();
    },
    show: (href) => {
      go(href);
      sealed.current = href;
    },
    showSoon: (hrefOf) => {
      cancel();
      const mine = setTimeout(async () => {
        const href = await hrefOf();
        // What was typed while the address was asked for has a timer of its own: that one goes.
        if (href !== null && timer.current === mine) go(href);
      }, pauseMs);
      timer.current = mine;
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

function addressNow(): string {
  return location.pathname + location.search;
}
