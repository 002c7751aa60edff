/** A bar chart of counts. Each bar is a link that sets or clears its filter. */
import type { BarView } from '#view/list/paper-list-view.ts';

/** In px. All author counts fit at 24 px a bar, the minimum target size (WCAG 2.2, 2.5.8). More bars are narrower. */
const width = 312;
const barWidthMax = 24;
const barsHeight = 56;
const labelHeight = 14;

type Props = {
  /** The chart's accessible name. */
  readonly label: string;
  readonly bars: readonly BarView[];
  /** Returns the short label under a bar. */
  readonly tick: (bar: BarView) => string;
};

export function Histogram({ label, bars, tick }: Props) {
  const barWidth = Math.min(barWidthMax, Math.floor(width / bars.length));
  // A tick needs about 20 px. If bars are narrower, every other tick is omitted, counted from the last.
  const tickEvery = barWidth < 20 ? 2 : 1;
  const countMax = Math.max(1, ...bars.map((bar) => bar.count));
  return (
    <div className="histogram">
      {/* biome-ignore lint/a11y/useSemanticElements: SVG has no element for a group of links */}
      <svg role="group" aria-label={label} width={bars.length * barWidth} height={barsHeight + labelHeight}>
        {/* The bars have full accessible names, so the ticks are hidden. */}
        {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: a group of texts is not focusable */}
        <g aria-hidden="true">
          {bars.map((bar, index) =>
            (bars.length - 1 - index) % tickEvery === 0 ? (
              <text
                key={bar.from}
                className={bar.active ? 'active' : undefined}
                x={(index + 0.5) * barWidth}
                y={barsHeight + labelHeight - 3}
              >
                {tick(bar)}
              </text>
            ) : null,
          )}
        </g>
        {bars.map((bar, index) => {
          const x = index * barWidth;
          // A bar for at least one paper stays visible.
          const height = bar.count === 0 ? 0 : Math.max(2, Math.round((bar.count / countMax) * (barsHeight - 2)));
          return (
            <a
              key={bar.from}
              href={bar.href}
              aria-label={`${bar.label}: ${bar.count}`}
              aria-current={bar.active ? 'true' : undefined}
            >
              <title>{`${bar.label}: ${bar.count}`}</title>
              <rect className="reach" x={x} y={0} width={barWidth} height={barsHeight + labelHeight} />
              <rect className="bar" x={x + 2} y={barsHeight - height} width={barWidth - 4} height={height} />
            </a>
          );
        })}
      </svg>
    </div>
  );
}
