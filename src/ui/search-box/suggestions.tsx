/** Completions below the search box: a listbox that the combobox controls (WAI-ARIA combobox pattern). */
import { type KeyboardEvent, type RefObject, useEffect, useId, useRef, useState } from 'react';
import { fetchSuggestions, type Suggestion } from '#ui/kit/api.ts';
import { debounceMs } from './live-results.tsx';

const kindLabels: Readonly<Record<Suggestion['kind'], string>> = {
  qualifier: 'filter',
  value: 'value',
  tag: 'topic',
  author: 'author',
};
/** Keys that move the caret. The suggestions are for the old caret position, so they close. */
const caretKeys = ['ArrowLeft', 'ArrowRight', 'Home', 'End'];

type LoadedSuggestions = { readonly text: string; readonly suggestions: readonly Suggestion[] };
const noSuggestions: LoadedSuggestions = { text: '', suggestions: [] };

export type Suggestions = ReturnType<typeof useSuggestions>;

/** Calls `onChoose` after the chosen text is in the box. */
export function useSuggestions(box: RefObject<HTMLInputElement | null>, onChoose: () => void) {
  const [loaded, setLoaded] = useState(noSuggestions);
  // Index of the active suggestion. -1 if none is active: Enter then submits the search.
  const [active, setActive] = useState(-1);
  const listId = useId();
  const request = useRef<AbortController>(undefined);
  const { suggestions } = loaded;
  useEffect(() => () => request.current?.abort(), []);

  const show = (next: LoadedSuggestions) => {
    setLoaded(next);
    setActive(-1);
  };
  const close = () => {
    request.current?.abort();
    show(noSuggestions);
  };
  const load = async (waitMs = debounceMs) => {
    request.current?.abort();
    const { signal } = startRequest(request);
    setActive(-1);
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    const { value: text = '', selectionEnd } = box.current ?? {};
    if (signal.aborted) return;
    // If the request fails, there are no suggestions.
    const found =
      text.trim() === '' ? [] : await fetchSuggestions(text, selectionEnd ?? text.length, signal).catch(() => []);
    if (!signal.aborted) show({ text, suggestions: found });
  };
  const choose = ({ text, caret }: Suggestion) => {
    // The text has changed since the suggestions were loaded.
    if (box.current?.value !== loaded.text) return;
    box.current.value = text;
    box.current.setSelectionRange(caret, caret);
    show(noSuggestions);
    onChoose();
    void load();
  };
  const handleKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const chosen = suggestions[active];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (caretKeys.includes(event.key)) return close();
    if (step !== undefined && suggestions.length > 0) setActive(wrapIndex(active + step, suggestions.length));
    else if (event.key === 'ArrowDown') void load(0);
    else if ((event.key === 'Enter' || (event.key === 'Tab' && !event.shiftKey)) && chosen) choose(chosen);
    else if (event.key === 'Escape' && suggestions.length > 0) close();
    else return;
    event.preventDefault();
  };
  return { suggestions, active, listId, load, close, choose, handleKeyDown };
}

function startRequest(request: RefObject<AbortController | undefined>): AbortController {
  request.current = new AbortController();
  return request.current;
}

/** The arrow keys cycle through -1 (the box) and all suggestions. */
function wrapIndex(index: number, length: number): number {
  return index < -1 ? length - 1 : index >= length ? -1 : index;
}

/** Returns the ARIA attributes of the combobox. */
export function toCombobox({ suggestions, active, listId }: Suggestions) {
  return {
    role: 'combobox',
    'aria-autocomplete': 'list',
    'aria-expanded': suggestions.length > 0,
    'aria-controls': listId,
    'aria-activedescendant': active === -1 ? undefined : `${listId}-${active}`,
  } as const;
}

export function SuggestionList({ suggestions, active, listId, choose }: Suggestions) {
  useEffect(() => {
    document.getElementById(`${listId}-${active}`)?.scrollIntoView({ block: 'nearest' });
  }, [active, listId]);
  return (
    <>
      <div
        className="suggestions"
        role="listbox"
        id={listId}
        aria-label="Suggestions"
        hidden={suggestions.length === 0}
        // Keeps the focus in the box.
        onMouseDown={(event) => event.preventDefault()}
      >
        {suggestions.map((suggestion, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox above handles the keys
          <div
            key={`${suggestion.kind} ${suggestion.text}`}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === active}
            tabIndex={-1}
            onClick={() => choose(suggestion)}
          >
            <span>{suggestion.label}</span>
            <span className="kind">{noteOf(suggestion)}</span>
          </div>
        ))}
      </div>
      <span className="hidden-label" aria-live="polite">
        {announce(suggestions.length)}
      </span>
    </>
  );
}

function noteOf({ kind, count }: Suggestion): string {
  return count === null ? kindLabels[kind] : `${kindLabels[kind]}, ${count}`;
}

function announce(count: number): string {
  if (count === 0) return '';
  return count === 1
    ? '1 suggestion: the down arrow leads to it.'
    : `${count} suggestions: the arrow keys lead to them.`;
}
