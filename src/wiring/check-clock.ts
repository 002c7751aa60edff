/** The clock of this machine, held against the day on which the program was built: dates are judged by the clock. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Day, parseDay, toDay } from '#core/day.ts';
import { AppError } from '#core/errors.ts';
import { systemClock } from '#platform/clock.ts';

/** Throws an `AppError` while the clock stands before the day of the build (UTC); `folder` is the project's. */
export function createClockCheck(folder = process.cwd(), clock = systemClock): () => void {
  const builtOn = readBuildDay(join(folder, 'dist', 'built-at'));
  return () => {
    const today = toDay(clock.nowMs());
    // By the day: a clock that is put right may go back by seconds at any time.
    if (builtOn === null || today >= builtOn) return;
    throw new AppError(
      'unavailable',
      `The clock of this machine says ${today}, but this program was built on ${builtOn}; nothing is read or changed until the clock is right.`,
    );
  };
}

/** Null where no build left it. */
function readBuildDay(file: string): Day | null {
  return existsSync(file) ? parseDay(readFileSync(file, 'utf8').slice(0, 10)) : null;
}
