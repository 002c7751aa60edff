import { describe, expect, it } from 'vitest';
import { createLog } from '#platform/log.ts';

describe('log', () => {
  it('the log writes one line per entry from its level upwards, and no field replaces a fixed one', () => {
    const lines: string[] = [];
    const log = createLog({ level: 'info', write: (line) => lines.push(line), now: () => '2025-12-16T00:00:00.000Z' });
    log.debug('unheard');
    log.warn('two\nlines', { level: 'error', title: 'x'.repeat(3_000), count: 3, none: null });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^[^\n]*\n$/);
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      time: '2025-12-16T00:00:00.000Z',
      level: 'warn',
      message: 'two\nlines',
      title: `${'x'.repeat(2_000)}…`,
      count: 3,
      none: null,
    });
  });
});
