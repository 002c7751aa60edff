/** The footer of every page. */

export function Footer() {
  return (
    <footer className="colophon page small">
      <div>
        <p>
          Paper Digest. Abstracts belong to their authors; the papers are where the links lead.{' '}
          <a href="/subscribe">New papers by e-mail</a> · <a href="/status">How fresh is this?</a>
        </p>
        <noscript>
          <p>
            Reading, searching and filtering work as they are. Saving, marking, hiding, the library, the theme and the
            density are kept by your browser and need JavaScript.
          </p>
        </noscript>
      </div>
    </footer>
  );
}
