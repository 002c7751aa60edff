// Applies the reader's theme, density and flags before the first paint, so that hydration causes no layout shift.
(() => {
  const root = document.documentElement;
  root.dataset.scripting = 'on';

  // A browser may block storage (private windows, blocked site data). The page then shows its defaults.
  const read = (key) => {
    try {
      return localStorage.getItem(`paper-digest.${key}`);
    } catch {
      return null;
    }
  };

  const applyPreferences = () => {
    for (const [key, values] of [
      ['theme', ['light', 'dark']],
      ['density', ['compact']],
    ]) {
      const value = read(key);
      if (values.includes(value)) root.dataset[key] = value;
      else delete root.dataset[key];
    }
  };

  // A style sheet of its own shows the flags. No element changes, so hydration finds the markup that React expects.
  const marks = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, marks];

  const idsOf = (library, mark) => Object.keys(library?.[mark] ?? {});
  const anyOf = (ids) =>
    `article:is(${ids.map((id) => `[data-paper-id="${CSS.escape(id)}"],[data-paper="${CSS.escape(id)}"]`).join(',')})`;

  const paintMarks = () => {
    let library = null;
    try {
      library = JSON.parse(read('library'));
    } catch {
      // An unreadable library counts as empty.
    }
    const rules = [];
    const hidden = idsOf(library, 'hidden');
    const seen = idsOf(library, 'read');
    for (const mark of ['saved', 'read', 'hidden']) {
      const ids = idsOf(library, mark);
      if (ids.length === 0) continue;
      const button = `${anyOf(ids)} [data-mark="${mark}"]`;
      rules.push(`${button} .off{display:none}`, `${button} .on{display:inline}`);
    }
    if (hidden.length > 0)
      rules.push(`${anyOf(hidden)} .card-body{display:none}`, `${anyOf(hidden)} .unhide{display:inline-flex}`);
    if ([...hidden, ...seen].length > 0)
      rules.push(`${anyOf([...hidden, ...seen])} .card-title{color:var(--muted);font-weight:400}`);
    marks.replaceSync(rules.join('\n'));
  };

  applyPreferences();
  paintMarks();
  for (const event of ['storage', 'paper-digest:change']) {
    addEventListener(event, () => {
      applyPreferences();
      paintMarks();
    });
  }
})();
