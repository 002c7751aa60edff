/** What of the query was not understood, and which words would find something. */

import type { PaperListView } from '#view/list/paper-list-view.ts';
import { toNumberLabel } from '#view/text/labels.ts';

export function QueryProblems({ view }: { readonly view: PaperListView }) {
  const { problems, didYouMean } = view;
  if (problems.length === 0 && didYouMean.length === 0) return null;
  // What is written twice is said once: two lines of one key would stay when the list follows what is typed.
  const messages = new Set(problems.map(({ message }) => message));
  return (
    <div className="notes" role="status">
      {[...messages].map((message) => (
        <p key={message}>{message}</p>
      ))}
      {didYouMean.length === 0 ? null : (
        <p>
          Did you mean{' '}
          {didYouMean.map((suggestion, index) => (
            <span key={suggestion.href}>
              {index > 0 ? ' or ' : null}
              <a href={suggestion.href}>{suggestion.label}</a> ({toNumberLabel(suggestion.count)})
            </span>
          ))}
          ?
        </p>
      )}
    </div>
  );
}
