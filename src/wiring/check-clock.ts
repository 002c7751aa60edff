/** Checks the machine's clock against the build day, because the clock decides which dates are valid. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Day, parseDay, toDay } from '#core/day.ts';
import { AppError } from '#core/errors.ts';
import { systemClock } from '#platform/clock.ts';

/** Returns a check that throws an `AppError` while the clock is before the build day (UTC). `folder`: the project's. */
export function createClockCheck(folder = process.cwd(), clock = systemClock): () => void {
  const builtOn = readBuildDay(join(folder, 'dist', 'built-at'));
  return () => {
    const today = toDay(clock.nowMs());
    // Compares days, because synchronizing a clock may set it back by seconds.
    if (builtOn === null || today >= builtOn) return;
    throw new AppError(
      'unavailable',
      `The clock of this machine says ${today}, but this program was built on ${builtOn}; nothing is read or changed until the clock is right.`,
    );
  };
}

/** Returns null if there is no build. */
function readBuildDay(file: string): Day | null {
  return existsSync(file) ? parseDay(readFileSync(file, 'utf8').slice(0, 10)) : null;
}
