/** The digest's HTML: groups of papers, why each is there, and how to change or leave. */
import type { DigestView, MailGroup, MailPaper } from './digest-view.ts';
import { MailFrame } from './mail-frame.tsx';

/** Where the reader changes or ends the subscription. */
export type DigestLinks = { readonly manageHref: string; readonly leaveHref: string };

export function DigestMail({ view, links }: { readonly view: DigestView; readonly links: DigestLinks }) {
  return (
    <MailFrame title={`${view.countLabel}: ${view.filter}`}>
      <p className="name">Paper Digest · {view.day}</p>
      <h1>
        {view.countLabel}: {view.filter}
      </h1>
      {view.emptyReason === null ? null : <p>{view.emptyReason}</p>}
      {view.groups.map((group) => (
        <Group key={group.label} group={group} />
      ))}
      {view.more === null ? null : (
        <p>
          <a href={view.more.href}>{view.more.label}</a>
        </p>
      )}
      <p className="small foot">
        You asked for this digest of <a href={view.listHref}>{view.filter}</a>. <a href={links.manageHref}>Change or pause it</a> or{' '}
        <a href={links.leaveHref}>leave</a> at any time.
      </p>
    </MailFrame>
  );
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
      {paper.facts === '' ? null : <p className="small">{paper.facts}</p>}
      {paper.why === '' ? null : <p className="small why">{paper.why}</p>}
      {paper.excerpt === '' ? null : <p>{paper.excerpt}</p>}
      {paper.links.length === 0 ? null : (
        <p className="small">
          {paper.links.map((link, index) => (
            <span key={link.href}>
              {index > 0 ? ' · ' : null}
              <a href={link.href}>{link.label}</a>
            </span>
          ))}
        </p>
      )}
    </>
  );
}
