/** Title, description and other forms of a page: React lifts them into the document's head. */
import type { LinkView } from '#serve/view/paper-view';

/** What feed readers look for in a page's head, by the ending of the address. */
const feedTypes: Readonly<Record<string, string>> = {
  atom: 'application/atom+xml',
  rss: 'application/rss+xml',
  json: 'application/feed+json',
};

type Props = {
  readonly title: string;
  readonly description: string;
  readonly formats?: readonly LinkView[];
  /** The page's own address, absolute. */
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
      {formats.map((format) => {
        const type = feedTypes[/\/papers\.(\w+)(?:\?|$)/.exec(format.href)?.[1] ?? ''];
        return type === undefined ? null : (
          <link key={format.href} rel="alternate" type={type} title={`${title} (${format.label})`} href={format.href} />
        );
      })}
    </>
  );
}
