/** What follows the form: the same for every address. */
import { digest } from '#app/server';
import { RequestedPage } from '#ui/subscribe-page';

export default function SubscriptionRequestedPage() {
  return <RequestedPage areMailsSent={!digest().hasOutbox} />;
}
