/** What of the query was not understood, and which words would find something. */
import { toNumberLabel } from '#serve/view/labels';
import type { PaperListView } from '#serve/view/paper-list-view';

export function Problems({ view }: { readonly view: PaperListView }) {
  const { problems, didYouMean } = view;
  if (problems.length === 0 && didYouMean.length === 0) return null;
  return (
    <div className="notes" role="status">
      {problems.map((problem) => (
        <p key={`${problem.parameter} ${problem.message}`}>{problem.message}</p>
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
