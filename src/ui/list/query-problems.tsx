/** Shows errors in the query, and suggests words that match papers. */

import type { PaperListView } from '#view/list/paper-list-view.ts';
import { toNumberLabel } from '#view/text/labels.ts';

export function QueryProblems({ view }: { readonly view: PaperListView }) {
  const { problems, didYouMean } = view;
  if (problems.length === 0 && didYouMean.length === 0) return null;
  // The message is the React key, so each must be unique: a duplicate key would leave a stale line behind.
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
