/** A `<time>` element, optionally a link to the day's papers. */
import type { DateView } from '#view/paper/paper-view.ts';

export function DayTime({ date, href }: { readonly date: DateView; readonly href?: string }) {
  const time = <time dateTime={date.datetime}>{date.label}</time>;
  return href === undefined ? time : <a href={href}>{time}</a>;
}
