/** Links to a paper's arXiv page, PDF, code and project. The key `v` opens the first link. */
import type { PaperCardView } from '#view/paper/paper-view.ts';

export function PaperLinks({ links }: { readonly links: PaperCardView['links'] }) {
  const all = [
    { label: 'arXiv', href: links.arxiv },
    { label: 'PDF', href: links.pdf },
    { label: 'Code', href: links.code },
    { label: 'Project', href: links.project },
  ];
  const known = all.filter((link): link is { label: string; href: string } => link.href !== null);
  return known.map(({ label, href }, index) => (
    <a key={label} href={href} rel="noreferrer" data-original={index === 0 ? '' : undefined}>
      {label}
    </a>
  ));
}
