/** Inserts many rows per statement. For small rows the statement costs more than the row. */
import type { Database } from 'better-sqlite3';

const rowsMax = 64;

type Shape = { readonly table: string; readonly columns: readonly string[]; readonly returning?: readonly string[] };

/** Returns the columns of `returning` for each row, in any order. */
export function createRowInserter<Returned = never>(database: Database, { table, columns, returning = [] }: Shape) {
  const row = `(${columns.map(() => '?')})`;
  const ending = returning.length > 0 ? `RETURNING ${returning}` : '';
  const prepare = (rows: number) =>
    database.prepare<unknown[], Returned>(
      `INSERT INTO ${table} (${columns}) VALUES ${Array.from({ length: rows }, () => row)} ${ending}`,
    );
  const [many, one] = [prepare(rowsMax), prepare(1)];
  return (rows: readonly (readonly unknown[])[]): Returned[] => {
    const returned: Returned[] = [];
    const run = (statement: typeof many, values: unknown[]) => {
      if (returning.length === 0) statement.run(...values);
      else returned.push(...statement.all(...values));
    };
    const whole = rows.length - (rows.length % rowsMax);
    for (let at = 0; at < whole; at += rowsMax) run(many, rows.slice(at, at + rowsMax).flat());
    for (const values of rows.slice(whole)) run(one, [...values]);
    return returned;
  };
}
