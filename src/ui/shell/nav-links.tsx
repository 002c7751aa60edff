'use client';
/** Links to the site's sections. `aria-current` marks the current one. */
import { usePathname } from 'next/navigation';
import { allPapersPath, libraryPath, tagsPath, trendingPath } from '#view/paths.ts';

const sections = [
  { label: 'Today', href: '/', pattern: /^\/$|^\/papers\/(date|week|month)\// },
  { label: 'Papers', href: allPapersPath, pattern: /^\/papers$/ },
  { label: 'Trending', href: trendingPath, pattern: /^\/papers\/trending$/ },
  { label: 'Topics', href: tagsPath, pattern: /^\/tags/ },
  { label: 'Library', href: libraryPath, pattern: /^\/library$/ },
  { label: 'By e-mail', href: '/subscribe', pattern: /^\/subscri(?:be|ption)(?:\/|$)/ },
];

export function NavLinks() {
  const path = usePathname();
  return (
    <nav className="sections caps" aria-label="Sections">
      {sections.map(({ label, href, pattern }) => (
        <a key={href} href={href} aria-current={path === href ? 'page' : pattern.test(path) ? 'true' : undefined}>
          {label}
        </a>
      ))}
    </nav>
  );
}
