/** A memory of the latest answers, for questions that come in runs. */

/** At most `max` answers are kept; the one asked for longest ago goes first. A failed one is not kept. */
export function rememberLatest<T>(max: number): (key: string, answer: () => Promise<T>) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (key, answer) => {
    const value = known.get(key) ?? answer();
    known.delete(key);
    known.set(key, value);
    value.catch(() => known.delete(key));
    for (const oldest of known.keys()) {
      if (known.size <= max) break;
      known.delete(oldest);
    }
    return value;
  };
}
