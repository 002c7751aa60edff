/** Inserts many rows with few statements: most of a small row's price is that of its statement. */
import type { Database } from 'better-sqlite3';

const rowsMax = 64;

type Shape = { readonly table: string; readonly columns: readonly string[]; readonly returning?: readonly string[] };

/** Answers the columns of `returning` for each row, in no promised order. */
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
