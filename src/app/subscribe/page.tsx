/** `/subscribe`: the form for an e-mail digest of any filter. */
import { renderPage, type SearchParams, toUrlParams } from '#app/answer.ts';
import { digest } from '#app/server.ts';
import { SubscribePage } from '#ui/mail/subscribe-page.tsx';

export default function NewSubscriptionPage({ searchParams }: { readonly searchParams: SearchParams }) {
  return renderPage(async () => <SubscribePage view={await digest().showSubscribe(await toUrlParams(searchParams))} />);
}
