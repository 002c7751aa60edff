/** Sends the subscription form like a browser, and reads the subscribers in the store. */
import Sqlite from 'better-sqlite3';
import type { Instance } from './instance.ts';
import { send } from './send-request.ts';

/** Returns the status of the response, or 0 if there was none. */
export async function subscribe({ url }: Instance, address: string): Promise<number> {
  const body = new URLSearchParams({ address, q: 'model', hour: '7', zone: 'UTC', rhythm: 'daily' }).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' };
  const response = await send(`${url}/subscribe/request`, { method: 'POST', headers, body, limitMs: 20_000 }).catch(
    () => null,
  );
  return response?.status ?? 0;
}

export function subscribersIn(databaseFile: string): string[] {
  const database = new Sqlite(databaseFile, { readonly: true });
  try {
    return database.prepare<[], string>('SELECT address FROM Subscriber').pluck().all();
  } finally {
    database.close();
  }
}
