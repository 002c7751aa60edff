/** The line of facts under a title: authors, dates, organization, comments, upvotes and code. */
import { Fragment, type ReactNode } from 'react';
import { DayTime } from '#ui/kit/day-time.tsx';
import type { LinkView, PaperCardView } from '#view/paper/paper-view.ts';

type Props = { readonly paper: PaperCardView; readonly withAuthors: boolean; readonly withListed: boolean };

export function Facts({ paper, withAuthors, withListed }: Props) {
  const facts: Record<string, ReactNode> = {
    withdrawn: paper.withdrawn ? <span className="withdrawn">Withdrawn</span> : null,
    authors:
      withAuthors && (paper.authors.length > 0 || paper.authorsLabel !== '') ? (
        <Authors names={paper.authors} rest={paper.authorsLabel} />
      ) : null,
    published: paper.published ? <DayTime date={paper.published} /> : null,
    listed: withListed && paper.listed ? <>listed {<DayTime date={paper.listed} href={paper.listed.href} />}</> : null,
    by: !withListed && paper.listed?.by ? `listed by ${paper.listed.by}` : null,
    organization: paper.organization ? <a href={paper.organization.href}>{paper.organization.label}</a> : null,
    comments: paper.commentsLabel,
    upvotes: paper.upvotesLabel,
    code: paper.links.code ? 'code' : null,
  };
  const shown = Object.entries(facts).filter(([, fact]) => fact !== null);
  if (shown.length === 0) return null;
  return (
    <p className="facts small">
      {shown.map(([name, fact], index) => (
        <Fragment key={name}>
          {index > 0 ? ' · ' : null}
          {fact}
        </Fragment>
      ))}
    </p>
  );
}

/** Authors' names as links. `rest` follows them: `and 12 more`, or `4 authors` if no name is known. */
export function Authors({ names, rest }: { readonly names: readonly LinkView[]; readonly rest: string }) {
  return (
    <>
      {names.map((name, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a paper may have two authors of one name
        <Fragment key={`${name.href} ${index}`}>
          {index > 0 ? ', ' : null}
          <a href={name.href}>{name.label}</a>
        </Fragment>
      ))}
      {names.length > 0 && rest !== '' ? ' ' : null}
      {rest}
    </>
  );
}
