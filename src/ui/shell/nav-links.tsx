'use client';
/** The sections of the paper; the current one is marked. */
import { usePathname } from 'next/navigation';
import { allPapersPath, libraryPath, tagsPath, trendingPath } from '#view/paths.ts';

const sections = [
  { label: 'Today', href: '/', holds: /^\/$|^\/papers\/(date|week|month)\// },
  { label: 'Papers', href: allPapersPath, holds: /^\/papers$/ },
  { label: 'Trending', href: trendingPath, holds: /^\/papers\/trending$/ },
  { label: 'Topics', href: tagsPath, holds: /^\/tags/ },
  { label: 'Library', href: libraryPath, holds: /^\/library$/ },
  { label: 'By e-mail', href: '/subscribe', holds: /^\/subscri(?:be|ption)(?:\/|$)/ },
];

export function NavLinks() {
  const path = usePathname();
  return (
    <nav className="sections caps" aria-label="Sections">
      {sections.map(({ label, href, holds }) => (
        <a key={href} href={href} aria-current={path === href ? 'page' : holds.test(path) ? 'true' : undefined}>
          {label}
        </a>
      ))}
    </nav>
  );
}
