/** `/outbox`: the mails that were saved as files, as their recipients would see them. */

import { PageHead } from '#ui/shell/page-head.tsx';
import type { OutboxMailView } from '#view/subscription-view.ts';

export function OutboxPage({ mails }: { readonly mails: readonly OutboxMailView[] }) {
  return (
    <main id="content" className="page plain subscribe">
      <PageHead title="Outbox" description="Mails that were written to files instead of being sent." indexed={false} />
      <h1>Outbox</h1>
      <p className="lead">
        No mail server is configured (SMTP_URL), so e-mails are saved to files and shown here, to you only.
      </p>
      <p className="small muted">
        A digest waits for its hour; <code>npm run digest -- --day 2025-12-16</code> sends that day’s to every
        subscription at once.
      </p>
      {mails.length === 0 ? (
        <p className="message">
          There is none yet. <a href="/subscribe">Subscribe</a> to get one.
        </p>
      ) : (
        <ul className="lines">
          {mails.map((mail) => (
            <li key={mail.name}>
              <a href={mail.href}>{mail.subject}</a>
              <span className="small muted">
                to {mail.to} · {mail.date}
              </span>
            </li>
          ))}
        </ul>
      )}
    </main>
  );
}

type Mail = OutboxMailView & { readonly headers: readonly (readonly [string, string])[]; readonly text: string };

export function OutboxMailPage({ mail }: { readonly mail: Mail }) {
  return (
    <main id="content" className="page plain subscribe">
      <PageHead title={mail.subject} description="A mail in the outbox." indexed={false} />
      <p className="small">
        <a href="/outbox">Outbox</a>
      </p>
      <h1>{mail.subject}</h1>
      <p className="small muted">
        to {mail.to} · {mail.date}
      </p>
      <iframe
        className="mail-frame"
        title="The mail"
        src={`${mail.href}/html`}
        sandbox="allow-popups allow-popups-to-escape-sandbox"
      />
      <details className="small">
        <summary>Plain text</summary>
        <pre className="mail-text">{mail.text}</pre>
      </details>
      <details className="small">
        <summary>Headers</summary>
        <pre className="mail-text">{mail.headers.map(([name, value]) => `${name}: ${value}`).join('\n')}</pre>
      </details>
    </main>
  );
}
