/** A page with a message instead of papers: what was asked is not there, or something broke. */
import type { ReactNode } from 'react';
import { PageHead } from './page-head.tsx';

type Props = { readonly title: string; readonly sentence: string; readonly children?: ReactNode };

export function MessagePage({ title, sentence, children }: Props) {
  return (
    <main id="content" className="page plain">
      <PageHead title={title} description={sentence} indexed={false} />
      <h1>{title}</h1>
      <div className="prose message">
        <p>{sentence}</p>
        {children}
      </div>
    </main>
  );
}
