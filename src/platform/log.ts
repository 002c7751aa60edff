/** Writes the log: one JSON object per line, from a level upwards. Long texts are cut, and JSON escapes line breaks. */

const levels = ['debug', 'info', 'warn', 'error', 'silent'] as const;
type LogLevel = (typeof levels)[number];
type Fields = Readonly<Record<string, string | number | boolean | null | undefined>>;

export type Log = { readonly [level in Exclude<LogLevel, 'silent'>]: (message: string, fields?: Fields) => void };

const textCharsMax = 2_000;

export type LogSettings = { readonly level: LogLevel; write(line: string): void; now(): string };

export function createLog({ level, write, now }: LogSettings): Log {
  const writerAt =
    (entryLevel: LogLevel) =>
    (message: string, fields: Fields = {}) => {
      if (levels.indexOf(entryLevel) < levels.indexOf(level)) return;
      const cut = (value: Fields[string]) =>
        typeof value === 'string' && value.length > textCharsMax ? `${value.slice(0, textCharsMax)}…` : value;
      const entries = Object.entries(fields).map(([name, value]) => [name, cut(value)]);
      // The fixed fields come first, for the eye, and again last, so that no other field can replace them.
      const fixed = { time: now(), level: entryLevel, message: cut(message) };
      write(`${JSON.stringify({ ...fixed, ...Object.fromEntries(entries), ...fixed })}\n`);
    };
  return { debug: writerAt('debug'), info: writerAt('info'), warn: writerAt('warn'), error: writerAt('error') };
}
