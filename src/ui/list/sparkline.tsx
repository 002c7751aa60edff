/** A topic's papers per month as small bars. Hidden from screen readers: the count is beside it as text. */
import type { TagListItemView } from '#view/tag-list-view.ts';

const barWidth = 3;
const height = 16;

export function Sparkline({ months }: { readonly months: TagListItemView['course'] }) {
  // One month is not a time series. Some tags have a total and no monthly counts.
  if (months.length < 2 || months.every((month) => month.count === 0)) return null;
  const countMax = Math.max(1, ...months.map((month) => month.count));
  return (
    <svg className="sparkline" width={months.length * barWidth} height={height} aria-hidden="true">
      {months.map((month, index) => {
        const bar = month.count === 0 ? 0 : Math.max(1, Math.round((month.count / countMax) * height));
        return <rect key={month.month} x={index * barWidth} y={height - bar} width={barWidth - 1} height={bar} />;
      })}
    </svg>
  );
}
