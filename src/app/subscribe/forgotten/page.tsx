/** `/subscribe/forgotten`: confirms that all data of a subscriber was deleted. */
import { MessagePage } from '#ui/shell/message-page.tsx';

export default function SubscriberForgottenPage() {
  return (
    <MessagePage
      title="All forgotten"
      message="Your address, your subscriptions and what was sent to you are deleted here. No mail will follow."
    />
  );
}
