/** A page with a title and a message, used for errors and confirmations. */
import type { ReactNode } from 'react';
import { PageHead } from './page-head.tsx';

type Props = { readonly title: string; readonly message: string; readonly children?: ReactNode };

export function MessagePage({ title, message, children }: Props) {
  return (
    <main id="content" className="page plain">
      <PageHead title={title} description={message} indexed={false} />
      <h1>{title}</h1>
      <div className="prose message">
        <p>{message}</p>
        {children}
      </div>
    </main>
  );
}
