/** `/subscription/{token}`: the page that mails link to. GET changes nothing, because mail scanners follow links. */
import { renderPage, type SearchParams, toUrlParams } from '#app/answer.ts';
import { digest } from '#app/server.ts';
import { AppError } from '#core/errors.ts';
import { SubscriptionPage } from '#ui/mail/subscription-page.tsx';

type Props = { readonly params: Promise<{ readonly token: string }>; readonly searchParams: SearchParams };

export default function OneSubscriptionPage({ params, searchParams }: Props) {
  return renderPage(async () => {
    const done = (await toUrlParams(searchParams)).get('done') ?? '';
    const view = await digest().open((await params).token, done);
    if (!view)
      throw new AppError(
        'not_found',
        'This link opens no subscription: it was used, it is too old, or a part of it is missing.',
      );
    return <SubscriptionPage view={view} />;
  });
}
