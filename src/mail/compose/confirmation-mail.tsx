/** Renders the mail that asks to confirm a subscription. It contains no text from the form: anyone can send that. */
import { MailFrame } from './mail-frame.tsx';

export const confirmationSubject = 'Please confirm your subscription to Paper Digest';

export function ConfirmationMail({ href }: { readonly href: string }) {
  return (
    <MailFrame
      title={confirmationSubject}
      summary="One click, and the first digest comes at your hour."
      date="New papers by e-mail"
    >
      <h1>Is this subscription yours?</h1>
      <p>Somebody, probably you, asked for a digest of new papers to this address. It begins when you confirm it.</p>
      <p>
        <a className="button" href={href}>
          See and confirm
        </a>
      </p>
      <p className="small foot">
        The link works for 48 hours: {href}
        <br />
        If it was not you, there is nothing to do: without a confirmation no digest is sent.
      </p>
    </MailFrame>
  );
}

export function renderConfirmationText(href: string): string {
  return [
    'Is this subscription yours?',
    'Somebody, probably you, asked for a digest of new papers to this address.\nIt begins when you confirm it, within 48 hours:',
    href,
    'If it was not you, there is nothing to do: without a confirmation no\ndigest is sent.',
    '',
  ].join('\n\n');
}
