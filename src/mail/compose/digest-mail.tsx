/** Renders the digest as HTML: papers by group with explanations, and links to change or leave. */
import { Fragment } from 'react';
import type { DigestView, MailGroup, MailPaper } from './digest-view.ts';
import { MailFrame } from './mail-frame.tsx';

/** Addresses where the subscriber changes or ends the subscription. */
export type DigestLinks = { readonly manageHref: string; readonly leaveHref: string };

export function DigestMail({ view, links }: { readonly view: DigestView; readonly links: DigestLinks }) {
  return (
    <MailFrame title={view.headline} summary={summaryOf(view)} date={view.day}>
      <h1>
        <a href={view.listHref}>{view.headline}</a>
      </h1>
      {view.emptyReason === null ? null : <p>{view.emptyReason}</p>}
      {view.groups.map((group) => (
        <Group key={group.label} group={group} />
      ))}
      {view.more === null ? null : (
        <p>
          <a className="button" href={view.more.href}>
            {view.more.label}
          </a>
        </p>
      )}
      <p className="small foot">
        You asked for this digest of <a href={view.listHref}>{view.filter}</a>.{' '}
        <a href={links.manageHref}>Change or pause it</a> or <a href={links.leaveHref}>leave</a> at any time.
      </p>
    </MailFrame>
  );
}

/** Returns the first titles, or why there are none. */
function summaryOf({ groups, emptyReason }: DigestView): string {
  const titles = groups.flatMap((group) => group.papers.map((paper) => paper.title));
  return emptyReason ?? titles.slice(0, 3).join(' · ');
}

function Group({ group }: { readonly group: MailGroup }) {
  return (
    <>
      <h2>{group.label}</h2>
      {group.papers.map((paper) => (
        <Paper key={paper.href} paper={paper} />
      ))}
    </>
  );
}

function Paper({ paper }: { readonly paper: MailPaper }) {
  return (
    <>
      <h3>
        <a href={paper.href}>{paper.title}</a>
      </h3>
      {paper.details === '' ? null : <p className="small">{paper.details}</p>}
      {paper.excerpt === '' ? null : <p>{paper.excerpt}</p>}
      {paper.explanation === '' ? null : <p className="why">{paper.explanation}</p>}
      {paper.links.length === 0 ? null : (
        <p className="links">
          {paper.links.map((link) => (
            <Fragment key={link.href}>
              <a href={link.href}>{link.label}</a>{' '}
            </Fragment>
          ))}
        </p>
      )}
    </>
  );
}
