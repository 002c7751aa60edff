/** `/subscription/{token}`: the subscriber confirms, changes, pauses, leaves, deletes everything or sees past mails. */
import type { ReactNode } from 'react';
import { PageHead } from '#ui/shell/page-head.tsx';
import type { SubscriptionView } from '#view/subscription-view.ts';
import { FilterField, RhythmFields } from './subscription-fields.tsx';

const titles: Readonly<Record<SubscriptionView['state'], string>> = {
  pending: 'Is this subscription yours?',
  active: 'Your subscription',
  paused: 'Your subscription is paused',
  left: 'You have left',
};

export function SubscriptionPage({ view }: { readonly view: SubscriptionView }) {
  const title = titles[view.state];
  return (
    <main id="content" className="page plain subscribe">
      <PageHead title={title} description="A digest of new papers by e-mail." indexed={false} />
      <h1>{title}</h1>
      {view.notice === null ? null : (
        <p className="notes" role="status">
          {view.notice}
        </p>
      )}
      <p className="lead">
        <a href={view.listHref}>{view.filter}</a> · {view.rhythm} · to {view.address}
      </p>
      {view.suppressed === null ? null : (
        <p className="notes" role="status">
          Nothing is sent to this address any more, because its mail server returns it: {view.suppressed}
        </p>
      )}
      {view.state === 'pending' ? <Confirm view={view} /> : <Manage view={view} />}
    </main>
  );
}

function Confirm({ view }: { readonly view: SubscriptionView }) {
  return (
    <div className="prose">
      <p>
        Nothing is sent until you confirm. If it was not you, close this page: the request is forgotten within days.
      </p>
      <ActionButton action={view.actions.confirm} primary>
        Confirm
      </ActionButton>
    </div>
  );
}

function Manage({ view }: { readonly view: SubscriptionView }) {
  const { actions, state, next } = view;
  return (
    <>
      {state === 'left' ? <p className="prose">No more mails come from it.</p> : null}
      {next === null ? null : (
        <p className="small muted">
          The next mail comes on <time dateTime={next.datetime}>{next.label}</time>, if something is new.
        </p>
      )}
      <div className="buttons">
        {state === 'active' ? <ActionButton action={actions.pause}>Pause</ActionButton> : null}
        {state === 'paused' ? (
          <ActionButton action={actions.resume} primary>
            Go on
          </ActionButton>
        ) : null}
        {state === 'left' ? null : <ActionButton action={actions.leave}>Leave</ActionButton>}
      </div>
      {state === 'left' ? null : <Change view={view} />}
      <Past view={view} />
      <details className="forget">
        <summary>Delete everything about me</summary>
        <p>Deletes your address, all of its subscriptions and the list of what was sent. This cannot be undone.</p>
        <ActionButton action={actions.forget}>Delete it all</ActionButton>
      </details>
    </>
  );
}

function Change({ view }: { readonly view: SubscriptionView }) {
  return (
    <section>
      <h2 className="caps">Change it</h2>
      <form className="subscription-form small" action={view.actions.change} method="post">
        <FilterField q={view.form.q} />
        <RhythmFields form={view.form} timeZones={view.timeZones} />
        <button type="submit" className="button">
          Save
        </button>
      </form>
    </section>
  );
}

function Past({ view }: { readonly view: SubscriptionView }) {
  if (view.past.length === 0) return null;
  return (
    <section>
      <h2 className="caps">What was sent</h2>
      <ul className="lines small">
        {view.past.map(({ date, label }) => (
          <li key={date.datetime}>
            <time dateTime={date.datetime}>{date.label}</time>
            <span className="muted">{label}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

type ActionProps = { readonly action: string; readonly primary?: boolean; readonly children: ReactNode };

/** The field `page` distinguishes this form from a mail client's one-click unsubscribe (RFC 8058). */
function ActionButton({ action, primary = false, children }: ActionProps) {
  return (
    <form action={action} method="post">
      <input type="hidden" name="page" value="1" />
      <button type="submit" className={primary ? 'button primary' : 'button'}>
        {children}
      </button>
    </form>
  );
}
