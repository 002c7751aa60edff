/** `/subscribe`: any filter as an e-mail digest. */
import { type SearchParams, toUrlParams } from '#app/answer';
import { digest } from '#app/server';
import { SubscribePage } from '#ui/subscribe-page';

export default async function NewSubscriptionPage({ searchParams }: { readonly searchParams: SearchParams }) {
  return <SubscribePage view={await digest().showSubscribe(await toUrlParams(searchParams))} />;
}
