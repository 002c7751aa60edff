'use client';
/** An element whose content React neither makes nor wakes: it stands in the document, or comes as text with a later page. */
import { useMemo } from 'react';
import { trustHtml } from '#ui/shell/trusted-types.ts';
import { findDocumentHtml } from './document-html.ts';

export type RawHtmlProps = {
  readonly tag: 'div' | 'aside' | 'section' | 'nav' | 'ul' | 'h1' | 'p';
  readonly attributes: Readonly<Record<string, string | number | undefined>>;
  /** Either the content, or its place in the document. */
  readonly html?: string;
  readonly place?: string;
};

export function RawHtml({ tag: Tag, attributes, html, place = '' }: RawHtmlProps) {
  // The same object as long as the text is the same: React would set the content anew.
  const content = useMemo(() => trustHtml(html ?? findDocumentHtml(place)), [html, place]);
  return (
    <Tag
      {...attributes}
      data-place={place === '' ? undefined : place}
      suppressHydrationWarning
      // Safe: made by `renderHtml`, which escapes every text.
      // biome-ignore lint/security/noDangerouslySetInnerHtml: see above
      dangerouslySetInnerHTML={{ __html: content }}
    />
  );
}
