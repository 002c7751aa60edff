/** A part of a page without anything that lives: made as text at once, a third of the work that React has with it. */
import type { ReactNode } from 'react';
import { storeDocumentHtml } from './document-html.ts';
import { RawHtml, type RawHtmlProps } from './raw-html.tsx';
import { renderHtml } from './render-html.tsx';

type Props = Pick<RawHtmlProps, 'tag' | 'attributes'> & { readonly children: ReactNode };

export function StaticIsland({ tag, attributes, children }: Props) {
  const html = renderHtml(children);
  const place = storeDocumentHtml(html);
  return <RawHtml tag={tag} attributes={attributes} {...(place === null ? { html } : { place })} />;
}
