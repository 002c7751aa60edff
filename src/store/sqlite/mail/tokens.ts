/** Tokens for links in mails. A token is 32 random bytes, and the store keeps only its hash. */
import { hash, randomBytes } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { toInstant } from '#core/day.ts';
import type { TokenPurpose } from '#core/ports/subscriptions.ts';

const confirmationMs = 48 * 3_600_000;

type OpenedToken = { readonly purpose: TokenPurpose; readonly subscriptionId: number };

export type TokenStore = {
  mint(purpose: TokenPurpose, subscriptionId: number, nowMs: number): string;
  /** Returns null for a token that is unknown, used or expired. */
  open(token: string, nowMs: number): OpenedToken | null;
  spend(token: string, nowMs: number): void;
};

export function createTokenTable(database: Database): TokenStore {
  const insert = database.prepare<[string, TokenPurpose, number, string | null]>(
    'INSERT INTO Token (hash, purpose, subscriptionId, expiresAt) VALUES (?, ?, ?, ?)',
  );
  const find = database.prepare<[string, string], OpenedToken>(
    'SELECT purpose, subscriptionId FROM Token WHERE hash = ? AND usedAt IS NULL AND (expiresAt IS NULL OR expiresAt > ?)',
  );
  const use = database.prepare<[string, string]>('UPDATE Token SET usedAt = ? WHERE hash = ?');
  return {
    mint(purpose, subscriptionId, nowMs) {
      const token = randomBytes(32).toString('base64url');
      insert.run(
        hashOf(token),
        purpose,
        subscriptionId,
        purpose === 'confirm' ? toInstant(nowMs + confirmationMs) : null,
      );
      return token;
    },
    open: (token, nowMs) => find.get(hashOf(token), toInstant(nowMs)) ?? null,
    spend: (token, nowMs) => {
      use.run(toInstant(nowMs), hashOf(token));
    },
  };
}

function hashOf(token: string): string {
  return hash('sha256', token, 'base64url');
}
