/** Renders the digest as plain text for mail clients without HTML. */
import type { DigestLinks } from './digest-mail.tsx';
import type { DigestView, MailPaper } from './digest-view.ts';

const lineMax = 76;

export function renderDigestText(view: DigestView, links: DigestLinks): string {
  const groups = view.groups.flatMap(({ label, papers }) => [`== ${label} ==`, ...papers.map(renderPaper)]);
  const foot = `You asked for this digest of ${view.filter}.\nAll of them: ${view.listHref}\nChange or pause: ${links.manageHref}\nLeave: ${links.leaveHref}`;
  const parts = [
    `Paper Digest · ${view.day}\n${wrap(view.headline)}`,
    ...(view.emptyReason === null ? [] : [wrap(view.emptyReason)]),
    ...groups,
    ...(view.more === null ? [] : [`${view.more.label}: ${view.more.href}`]),
    `-- \n${foot}`,
  ];
  return `${parts.join('\n\n')}\n`;
}

function renderPaper({ title, details, explanation, excerpt, href, links }: MailPaper): string {
  const lines = [
    wrap(title),
    wrap(details),
    explanation === '' ? '' : wrap(`> ${explanation}`),
    wrap(excerpt),
    href,
    ...links.map((link) => `${link.label}: ${link.href}`),
  ];
  return lines.filter((line) => line !== '').join('\n');
}

function wrap(text: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > lineMax) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join('\n');
}
