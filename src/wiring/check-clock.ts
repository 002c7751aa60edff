/** The clock of this machine, held against the time at which the program was built: dates are judged by the clock. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseInstant, toInstant } from '#core/day';
import { AppError } from '#core/errors';
import { systemClock } from '#platform/clock';

/** Throws an `AppError` while the clock stands before the build; `folder` is the project's. */
export function createClockCheck(folder = process.cwd(), clock = systemClock): () => void {
  const builtAtMs = readBuildTime(join(folder, 'dist', 'built-at'));
  return () => {
    const nowMs = clock.nowMs();
    if (builtAtMs === null || nowMs >= builtAtMs) return;
    throw new AppError(
      'unavailable',
      `The clock of this machine says ${toMinute(nowMs)}, but this program was built at ${toMinute(builtAtMs)}; nothing is read or changed until the clock is right.`,
    );
  };
}

/** Null where no build left it. */
function readBuildTime(file: string): number | null {
  return existsSync(file) ? parseInstant(readFileSync(file, 'utf8').trim()) : null;
}

const toMinute = (timeMs: number): string => `${toInstant(timeMs).slice(0, 16).replace('T', ' ')} UTC`;
