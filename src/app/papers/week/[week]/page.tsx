/** `/papers/week/…`: the papers of one week. */
import { renderPeriod, type SearchParams } from '#app/answer.ts';

type Props = { readonly params: Promise<{ readonly week: string }>; readonly searchParams: SearchParams };

export default async function WeekPage({ params, searchParams }: Props) {
  const { week } = await params;
  return renderPeriod('week', week, searchParams);
}
