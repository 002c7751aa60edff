// Runs before the first paint: the reader's theme, density and marks, so that nothing jumps when the page wakes up.
(() => {
  const root = document.documentElement;
  root.dataset.scripting = 'on';

  // A browser may refuse storage (private windows, blocked site data): the page then shows its defaults.
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

  // Marks are painted by a style sheet of their own: no element is touched, so nothing moves once the page is alive.
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
      // Unreadable marks paint nothing; the library page offers to start afresh.
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
