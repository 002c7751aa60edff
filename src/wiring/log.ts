/** The log of this process, to standard error. */
import { isoNow } from '#platform/clock';
import { env } from '#platform/env';
import { createLog, type Log } from '#platform/log';

export function createServerLog(): Log {
  return createLog({ level: env().logLevel, write: (line) => process.stderr.write(line), now: () => isoNow() });
}
