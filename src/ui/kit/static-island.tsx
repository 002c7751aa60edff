/** Renders a part of a page without client components to an HTML string. This takes a third of React's time. */
import type { ReactNode } from 'react';
import { storeDocumentHtml } from './document-html.ts';
import { RawHtml, type RawHtmlProps } from './raw-html.tsx';
import { renderHtml } from './render-html.tsx';

type Props = Pick<RawHtmlProps, 'tag' | 'attributes'> & { readonly children: ReactNode };

export function StaticIsland({ tag, attributes, children }: Props) {
  const html = renderHtml(children);
  const slot = storeDocumentHtml(html);
  return <RawHtml tag={tag} attributes={attributes} {...(slot === null ? { html } : { slot })} />;
}
