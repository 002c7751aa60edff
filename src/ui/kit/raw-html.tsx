'use client';
/** Renders an element around finished HTML, which React neither renders nor hydrates. */
import { useMemo } from 'react';
import { trustHtml } from '#ui/shell/trusted-types.ts';
import { findDocumentHtml } from './document-html.ts';

export type RawHtmlProps = {
  readonly tag: 'div' | 'aside' | 'section' | 'nav' | 'ul' | 'h1' | 'p';
  readonly attributes: Readonly<Record<string, string | number | undefined>>;
  /** Either the HTML, or its slot in the document. */
  readonly html?: string;
  readonly slot?: string;
};

export function RawHtml({ tag: Tag, attributes, html, slot = '' }: RawHtmlProps) {
  // React sets innerHTML again when the object changes, even to an equal text.
  const content = useMemo(() => trustHtml(html ?? findDocumentHtml(slot)), [html, slot]);
  return (
    <Tag
      {...attributes}
      data-place={slot === '' ? undefined : slot}
      suppressHydrationWarning
      // Safe: the HTML comes from `renderHtml`, which escapes every text.
      // biome-ignore lint/security/noDangerouslySetInnerHtml: see above
      dangerouslySetInnerHTML={{ __html: content }}
    />
  );
}
