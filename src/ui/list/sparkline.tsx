/** A topic's papers month by month, as a line of small bars; the numbers stand beside it. */
import type { TagListItemView } from '#view/tag-list-view.ts';

const barWidth = 3;
const height = 16;

export function Sparkline({ course }: { readonly course: TagListItemView['course'] }) {
  // One month is a number, not a course; and of some tags only the number is known.
  if (course.length < 2 || course.every((month) => month.count === 0)) return null;
  const countMax = Math.max(1, ...course.map((month) => month.count));
  return (
    <svg className="sparkline" width={course.length * barWidth} height={height} aria-hidden="true">
      {course.map((month, index) => {
        const bar = month.count === 0 ? 0 : Math.max(1, Math.round((month.count / countMax) * height));
        return <rect key={month.month} x={index * barWidth} y={height - bar} width={barWidth - 1} height={bar} />;
      })}
    </svg>
  );
}
