/** The log: one JSON object a line on standard error, from a level upwards. Text from outside is cut and stays inside its quotes. */

const levels = ['debug', 'info', 'warn', 'error', 'silent'] as const;
type LogLevel = (typeof levels)[number];
type Fields = Readonly<Record<string, string | number | boolean | null | undefined>>;

export type Log = { readonly [level in Exclude<LogLevel, 'silent'>]: (message: string, fields?: Fields) => void };

const textCharsMax = 2_000;

export type LogSettings = { readonly level: LogLevel; write(line: string): void; now(): string };

export function createLog({ level, write, now }: LogSettings): Log {
  const at =
    (own: LogLevel) =>
    (message: string, fields: Fields = {}) => {
      if (levels.indexOf(own) < levels.indexOf(level)) return;
      const cut = (value: Fields[string]) =>
        typeof value === 'string' && value.length > textCharsMax ? `${value.slice(0, textCharsMax)}…` : value;
      const entries = Object.entries(fields).map(([name, value]) => [name, cut(value)]);
      // The fixed fields come first and win: a line can be cut by eye and no field can pose as the level.
      const fixed = { time: now(), level: own, message: cut(message) };
      write(`${JSON.stringify({ ...fixed, ...Object.fromEntries(entries), ...fixed })}\n`);
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
