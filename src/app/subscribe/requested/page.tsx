/** `/subscribe/requested`: the page after the form. It is equal for every address, so it reveals no subscriber. */
import { digest } from '#app/server.ts';
import { RequestedPage } from '#ui/mail/subscribe-page.tsx';

export default function SubscriptionRequestedPage() {
  return <RequestedPage areMailsSent={!digest().hasOutbox} />;
}
