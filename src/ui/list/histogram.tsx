/** Counts as bars; each bar is a link that sets or clears the filter. */
import type { BarView } from '#view/list/paper-list-view.ts';

/** As many bars as there are numbers of authors fit with the width of the smallest target a finger should meet; more share the room. */
const width = 312;
const barWidthMax = 24;
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
  const barWidth = Math.min(barWidthMax, Math.floor(width / bars.length));
  // Ticks need some 20 px each: narrower bars leave out every other one, counted from the last.
  const tickEvery = barWidth < 20 ? 2 : 1;
  const countMax = Math.max(1, ...bars.map((bar) => bar.count));
  return (
    <div className="histogram">
      {/* biome-ignore lint/a11y/useSemanticElements: SVG has no element for a group of links */}
      <svg role="group" aria-label={label} width={bars.length * barWidth} height={barsHeight + labelHeight}>
        {/* The bars, drawn over these, say their whole names themselves. */}
        {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: a group of texts takes no focus */}
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
          // A bar with a paper is never invisible.
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
