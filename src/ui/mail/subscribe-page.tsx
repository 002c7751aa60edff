/** `/subscribe`: the form, its filter as chips, and a preview of the mail. */

import { MessagePage } from '#ui/shell/message-page.tsx';
import { PageHead } from '#ui/shell/page-head.tsx';
import type { SubscribeView } from '#view/subscription-view.ts';
import { GuessTimeZone } from './guess-time-zone.tsx';
import { FilterField, RhythmFields } from './subscription-fields.tsx';

export function SubscribePage({ view }: { readonly view: SubscribeView }) {
  return (
    <main id="content" className="page plain subscribe">
      <PageHead title="Subscribe" description="New papers by e-mail, for any filter." indexed={false} />
      <h1>New papers by e-mail</h1>
      <p className="lead">
        Any filter, at your hour. A paper comes once, and every mail has a link to change or leave.
      </p>
      <Notes notes={view.notes} />
      <div className="subscribe-columns">
        <SubscribeForm view={view} />
        <section aria-labelledby="preview">
          <h2 id="preview" className="caps">
            What you would get
          </h2>
          <p className="small muted">{view.countLabel}. The mail, with the newest of them:</p>
          <iframe
            className="mail-frame"
            title="Preview of the mail"
            src={view.previewHref}
            sandbox="allow-popups allow-popups-to-escape-sandbox"
            loading="lazy"
          />
        </section>
      </div>
    </main>
  );
}

function Notes({ notes }: { readonly notes: readonly string[] }) {
  if (notes.length === 0) return null;
  return (
    <div className="notes" role="status">
      {notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
    </div>
  );
}

function SubscribeForm({ view }: { readonly view: SubscribeView }) {
  const { form, chips, timeZones } = view;
  return (
    <form className="subscription-form small" action="/subscribe/request" method="post">
      <FilterField q={form.q} />
      {chips.length === 0 ? null : (
        <ul className="chips" aria-label="The filter">
          {chips.map((chip) => (
            <li key={chip.href}>
              <a href={chip.href} title="Remove this filter">
                <span className="hidden-label">Remove: </span>
                {chip.label}
                <span aria-hidden="true">&nbsp;×</span>
              </a>
            </li>
          ))}
        </ul>
      )}
      <button type="submit" className="button" name="do" value="preview" formNoValidate>
        Show what it finds
      </button>
      <RhythmFields form={form} timeZones={timeZones} />
      {form.timeZone === 'UTC' ? <GuessTimeZone /> : null}
      <label>
        <span>Your address</span>
        <input className="field" type="email" name="address" required maxLength={254} autoComplete="email" />
      </label>
      <label className="nobody" aria-hidden="true">
        <span>Leave this empty</span>
        <input name="website" tabIndex={-1} autoComplete="off" />
      </label>
      <button type="submit" className="button primary">
        Subscribe
      </button>
      <p className="hint">
        You get one mail that asks whether it was you. Your address is used for this digest and nothing else.
      </p>
    </form>
  );
}

/** Without a mail server, mails are saved as files. Only the operator has the address that shows them. */
export function RequestedPage({ areMailsSent }: { readonly areMailsSent: boolean }) {
  return areMailsSent ? (
    <MessagePage
      title="Look into your mailbox"
      message="If the address can get mail from here, a message is on its way. The subscription begins when you follow its link and confirm, within 48 hours."
    />
  ) : (
    <MessagePage
      title="The e-mail is saved here"
      message="No mail server is configured, so e-mails are saved on this server. Open the address that it printed after “Outbox:” when it started, then follow the link in the e-mail within 48 hours."
    />
  );
}
