/** Counts as bars; each bar is a link that sets or clears the filter. */
import type { BarView } from '#serve/view/paper-list-view';

/** A bar is as wide as the smallest target a finger should meet, whatever the window: many bars scroll. */
const barWidth = 24;
const barsHeight = 56;
const labelHeight = 14;

type Props = {
  /** Names the picture for those who do not see it. */
  readonly label: string;
  readonly bars: readonly BarView[];
  /** The few characters under a bar. */
  readonly tick: (bar: BarView) => string;
};

export function Histogram({ label, bars, tick }: Props) {
  const most = Math.max(1, ...bars.map((bar) => bar.count));
  return (
    <div className="histogram">
      {/* biome-ignore lint/a11y/noSvgWithoutTitle: a group of named links; a title would cover them with its own tooltip */}
      <svg role="group" aria-label={label} width={bars.length * barWidth} height={barsHeight + labelHeight}>
        {bars.map((bar, index) => {
          const x = index * barWidth;
          // A bar with a paper is never invisible.
          const height = bar.count === 0 ? 0 : Math.max(2, Math.round((bar.count / most) * (barsHeight - 2)));
          return (
            <a key={bar.from} href={bar.href} aria-label={`${bar.label}: ${bar.count}`} aria-current={bar.active ? 'true' : undefined}>
              <title>{`${bar.label}: ${bar.count}`}</title>
              <rect className="reach" x={x} y={0} width={barWidth} height={barsHeight + labelHeight} />
              <rect className="bar" x={x + 2} y={barsHeight - height} width={barWidth - 4} height={height} />
              <text x={x + barWidth / 2} y={barsHeight + labelHeight - 3}>
                {tick(bar)}
              </text>
            </a>
          );
        })}
      </svg>
    </div>
  );
}
