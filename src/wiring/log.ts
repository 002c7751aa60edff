/** Creates the log of this process, which writes to standard error. */
import { isoNow } from '#platform/clock.ts';
import { createLog, type Log } from '#platform/log.ts';
import { readSettings } from '#platform/settings.ts';

export function createServerLog(): Log {
  return createLog({
    level: readSettings().logLevel,
    write: (line) => process.stderr.write(line),
    now: () => isoNow(),
  });
}
