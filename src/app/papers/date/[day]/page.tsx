/** `/papers/date/…`: the papers of one day. */
import { answerPeriod, type SearchParams } from '#app/answer.ts';

type Props = { readonly params: Promise<{ readonly day: string }>; readonly searchParams: SearchParams };

export default async function DayPage({ params, searchParams }: Props) {
  const { day } = await params;
  return answerPeriod('day', day, searchParams);
}
