/** What follows the form: the same for every address. */
import { digest } from '#app/server.ts';
import { RequestedPage } from '#ui/mail/subscribe-page.tsx';

export default function SubscriptionRequestedPage() {
  return <RequestedPage areMailsSent={!digest().hasOutbox} />;
}
