/** `/subscription/{token}`: what a link in a mail opens. GET changes nothing; the buttons post. */
import { answerPage } from '#app/answer';
import { digest } from '#app/server';
import { AppError } from '#core/errors';
import { SubscriptionPage } from '#ui/subscription-page';

export default function OneSubscriptionPage({ params }: { readonly params: Promise<{ readonly token: string }> }) {
  return answerPage(async () => {
    const view = await digest().open((await params).token);
    if (!view) throw new AppError('not_found', 'This link opens no subscription: it was used, it is too old, or a part of it is missing.');
    return <SubscriptionPage view={view} />;
  });
}
