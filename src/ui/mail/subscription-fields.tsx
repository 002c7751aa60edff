/** Form fields of a subscription: filter, days, hour and time zone. */
import type { SubscriptionFormView } from '#view/subscription-view.ts';

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const rhythms = [
  ['daily', 'Every day'],
  ['weekdays', 'On the days ticked below'],
  ['weekly', 'Once a week, on the first day ticked'],
] as const;

export function FilterField({ q }: { readonly q: string }) {
  return (
    <label>
      <span>Which papers</span>
      <input
        className="field"
        name="q"
        defaultValue={q}
        maxLength={500}
        autoComplete="off"
        aria-describedby="filter-hint"
        key={q}
      />
      <span id="filter-hint" className="hint">
        As in the search box: words, tag:…, authors:1..5. Empty means every paper.
      </span>
    </label>
  );
}

export function RhythmFields({
  form,
  timeZones,
}: {
  readonly form: SubscriptionFormView;
  readonly timeZones: readonly string[];
}) {
  return (
    <>
      <fieldset>
        <legend>How often</legend>
        {rhythms.map(([value, label]) => (
          <label key={value} className="check">
            <input type="radio" name="rhythm" value={value} defaultChecked={form.rhythm === value} />
            <span>{label}</span>
          </label>
        ))}
      </fieldset>
      <fieldset className="days">
        <legend>Days</legend>
        {weekdays.map((day, index) => (
          <label key={day} className="check">
            <input
              type="checkbox"
              name="weekday"
              value={index + 1}
              defaultChecked={form.weekdays.includes(index + 1)}
            />
            <span>{day}</span>
          </label>
        ))}
      </fieldset>
      <div className="pair">
        <label>
          <span>Hour</span>
          <select className="field" name="hour" defaultValue={form.hour}>
            {Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`).map((label, hour) => (
              <option key={label} value={hour}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span>Time zone</span>
          <select className="field" name="zone" defaultValue={form.timeZone}>
            {timeZones.map((zone) => (
              <option key={zone}>{zone}</option>
            ))}
          </select>
        </label>
      </div>
      <label className="check">
        <input type="checkbox" name="empty" value="1" defaultChecked={form.mailsEmpty} />
        <span>Mail me also when nothing is new, and say why</span>
      </label>
    </>
  );
}
