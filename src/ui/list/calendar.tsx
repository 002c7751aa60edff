/** A month as a table. Days with papers are links, and their titles have the number of papers. */

import type { CalendarDayView, CalendarView } from '#view/list/paper-list-view.ts';
import { toCountLabel } from '#view/text/labels.ts';

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

export function Calendar({ calendar }: { readonly calendar: CalendarView }) {
  return (
    <>
      <div className="calendar-head">
        {calendar.previous ? (
          <a href={calendar.previous.href}>
            <span aria-hidden="true">←</span>
            <span className="hidden-label">{calendar.previous.label}</span>
          </a>
        ) : null}
        <h2 className="caps">{calendar.label}</h2>
        {calendar.next ? (
          <a href={calendar.next.href}>
            <span aria-hidden="true">→</span>
            <span className="hidden-label">{calendar.next.label}</span>
          </a>
        ) : null}
      </div>
      <table className="calendar">
        <thead>
          <tr>
            {weekdays.map((weekday) => (
              <th key={weekday} scope="col">
                <abbr title={weekday}>{weekday.slice(0, 2)}</abbr>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {calendar.weeks.map((week) => (
            <tr key={week.find((day) => day !== null)?.datetime}>
              {week.map((day, index) => (
                <td key={weekdays[index]}>{day === null ? null : <CalendarDay day={day} />}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function CalendarDay({ day }: { readonly day: CalendarDayView }) {
  const time = <time dateTime={day.datetime}>{day.dayOfMonth}</time>;
  if (day.href === null) return time;
  const papers = toCountLabel(day.count, 'paper');
  return (
    <a href={day.href} title={papers} aria-current={day.current ? 'date' : undefined}>
      {time}
      <span className="hidden-label">, {papers}</span>
    </a>
  );
}
