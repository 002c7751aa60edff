/** Links to the same list in other formats: feeds, citations and tables. */
import type { LinkView } from '#view/paper/paper-view.ts';

export function Formats({ formats }: { readonly formats: readonly LinkView[] }) {
  if (formats.length === 0) return null;
  return (
    <nav className="formats small" aria-label="This list in other formats">
      <span>This list as</span>
      {formats.map((format) => (
        <a key={format.href} href={format.href}>
          {format.label}
        </a>
      ))}
    </nav>
  );
}
