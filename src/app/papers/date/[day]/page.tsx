/** `/papers/date/…`: the papers of one day. */
import { renderPeriod, type SearchParams } from '#app/answer.ts';

type Props = { readonly params: Promise<{ readonly day: string }>; readonly searchParams: SearchParams };

export default async function DayPage({ params, searchParams }: Props) {
  const { day } = await params;
  return renderPeriod('day', day, searchParams);
}
