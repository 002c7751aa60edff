/** The header of every page: latest day, preferences, site name, sections and search box. */

import { SearchBox } from '#ui/search-box/search-box.tsx';
import type { LinkView } from '#view/paper/paper-view.ts';
import { NavLinks } from './nav-links.tsx';
import { Preferences } from './preferences.tsx';

export function Header({ latest }: { readonly latest: (LinkView & { readonly datetime: string }) | null }) {
  return (
    <header className="masthead page">
      <div className="masthead-ear small">
        {latest === null ? (
          <span>No papers yet</span>
        ) : (
          <a href={latest.href}>
            Latest: <time dateTime={latest.datetime}>{latest.label}</time>
          </a>
        )}
        <Preferences />
      </div>
      <a className="nameplate" href="/">
        Paper Digest
      </a>
      <div className="masthead-bar">
        <NavLinks />
        <SearchBox />
      </div>
    </header>
  );
}
