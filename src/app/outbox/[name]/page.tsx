/** `/outbox/{name}`: a saved mail. */
import { renderPage } from '#app/answer.ts';
import { digest } from '#app/server.ts';
import { AppError } from '#core/errors.ts';
import { OutboxMailPage } from '#ui/mail/outbox-page.tsx';

export default function MailPage({ params }: { readonly params: Promise<{ readonly name: string }> }) {
  return renderPage(async () => {
    const mail = await digest().outbox?.open((await params).name);
    if (!mail) throw new AppError('not_found', 'There is no page at this address.');
    return <OutboxMailPage mail={mail} />;
  });
}
