/** Title, metadata and alternate formats of a page. React moves them into the document's head. */
import type { FormatView } from '#view/list/paper-list-view.ts';

type Props = {
  readonly title: string;
  readonly description: string;
  readonly formats?: readonly FormatView[];
  /** The page's canonical URL. */
  readonly url?: string;
  /** False keeps the page out of search engines. */
  readonly indexed?: boolean;
};

export function PageHead({ title, description, formats = [], url, indexed = true }: Props) {
  return (
    <>
      <title>{`${title} · Paper Digest`}</title>
      <meta name="description" content={description} />
      <meta property="og:site_name" content="Paper Digest" />
      <meta property="og:title" content={title} />
      <meta property="og:description" content={description} />
      {url === undefined ? null : (
        <>
          <meta property="og:type" content="website" />
          <meta property="og:url" content={url} />
          <link rel="canonical" href={url} />
        </>
      )}
      {indexed ? null : <meta name="robots" content="noindex" />}
      {formats.map(({ label, href, feedType }) =>
        feedType === null ? null : (
          <link key={href} rel="alternate" type={feedType} title={`${title} (${label})`} href={href} />
        ),
      )}
    </>
  );
}
