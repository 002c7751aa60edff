/** `/papers/month/…`: the papers of one month. */
import { renderPeriod, type SearchParams } from '#app/answer.ts';

type Props = { readonly params: Promise<{ readonly month: string }>; readonly searchParams: SearchParams };

export default async function MonthPage({ params, searchParams }: Props) {
  const { month } = await params;
  return renderPeriod('month', month, searchParams);
}
