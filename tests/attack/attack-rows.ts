/** Every row of the attack table, in the order in which they run. */
import type { AttackRow } from './attack-row.ts';
import { limitRows } from './limit-rows.ts';
import { loadRows } from './load-rows.ts';
import { afterLoadMemoryRow, idleMemoryRow } from './memory-rows.ts';
import { observatoryRow } from './observatory.ts';
import { processRows } from './process-rows.ts';
import { requestRows } from './request-rows.ts';
import { storeRows } from './store-rows.ts';

export const attackRows: readonly AttackRow[] = [
  ...requestRows,
  ...loadRows,
  afterLoadMemoryRow,
  idleMemoryRow,
  ...limitRows,
  ...processRows,
  ...storeRows,
  observatoryRow,
];
