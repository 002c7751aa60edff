/** Tests that a clock before the build day counts as wrong. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { aTempFolder } from '#tests/temp-store.ts';
import { createClockCheck } from '#wiring/check-clock.ts';

const at = (time: string) => ({ nowMs: () => Date.parse(time), wait: async () => {} });

function aBuild(text: string): string {
  const folder = aTempFolder();
  mkdirSync(join(folder, 'dist'));
  writeFileSync(join(folder, 'dist', 'built-at'), text);
  return folder;
}

test('a clock before the build day is wrong, and any later one is accepted', () => {
  const folder = aBuild('2026-11-29T03:00:00.000Z');
  expect(createClockCheck(folder, at('2026-11-28T23:59:59.999Z'))).toThrow(
    'The clock of this machine says 2026-11-28, but this program was built on 2026-11-29; nothing is read or changed until the clock is right.',
  );
  expect(createClockCheck(folder, at('1970-01-01T00:00:00Z'))).toThrow('1970-01-01');
  expect(createClockCheck(folder, at('2026-11-29T00:00:00.000Z'))).not.toThrow();
  expect(createClockCheck(folder, at('2199-01-01T00:00:00.000Z'))).not.toThrow();
});

test('without a recorded build day, every clock is accepted', () => {
  expect(createClockCheck(aTempFolder(), at('1970-01-01T00:00:00Z'))).not.toThrow();
  expect(createClockCheck(aBuild('yesterday'), at('1970-01-01T00:00:00Z'))).not.toThrow();
});
