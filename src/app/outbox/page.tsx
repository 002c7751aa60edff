/** `/outbox`: mails that were saved because no mail server is configured. Requires the cookie from `/outbox?key=…`. */
import { renderPage } from '#app/answer.ts';
import { digest } from '#app/server.ts';
import { AppError } from '#core/errors.ts';
import { OutboxPage } from '#ui/mail/outbox-page.tsx';

export default function MailsPage() {
  return renderPage(async () => {
    const { outbox } = digest();
    if (outbox === null) throw new AppError('not_found', 'There is no page at this address.');
    return <OutboxPage mails={await outbox.list()} />;
  });
}
