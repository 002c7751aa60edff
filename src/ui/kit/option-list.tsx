/** A list of links to options. `aria-current` marks the active one. */
import type { OptionView } from '#view/list/paper-list-view.ts';

export function OptionList({ options }: { readonly options: readonly OptionView[] }) {
  return (
    <ul>
      {options.map((option) => (
        <li key={option.key}>
          <a href={option.href} aria-current={option.active ? 'true' : undefined}>
            {option.label}
          </a>
        </li>
      ))}
    </ul>
  );
}
