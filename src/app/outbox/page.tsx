/** `/outbox`: mails that were written to files, while no mail server is set, for whoever opened the address that the server printed. */
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
