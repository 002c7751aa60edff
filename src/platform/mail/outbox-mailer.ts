/** Writes mails to a folder instead of sending them, and reads them back. Used without a mail server. */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MailAddress, Mailer } from '#core/ports/mail.ts';
import { createComposer } from './mime-message.ts';

export type OutboxFile = { readonly name: string; readonly writtenAtMs: number };

const namePattern = /^[\w.-]+\.eml$/;

/** Writes one file per mail, named after its Message-ID, so a retry replaces it. Only this user can read the files. */
export function createOutboxMailer(folder: string, from: string): Mailer {
  const compose = createComposer(from);
  return {
    async send(mail) {
      const message = await compose(mail);
      const name = `${(mail.messageId.split('@')[0] ?? '').replace(/[^\w.-]/g, '')}.eml`;
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        writeFileSync(join(folder, `.${name}`), message, { mode: 0o600 });
        renameSync(join(folder, `.${name}`), join(folder, name));
        return { kind: 'sent' };
      } catch (error) {
        return {
          kind: 'unreachable',
          reason: `The mail cannot be written: ${error instanceof Error ? error.message : String(error)}`,
        };
      }
    },
    forget(address) {
      for (const name of readFolder(folder))
        if (name.endsWith('.eml') && isTo(address, join(folder, name))) rmSync(join(folder, name));
    },
    close: () => {},
  };
}

function isTo(address: MailAddress, file: string): boolean {
  const [head = ''] = readFileSync(file, 'latin1').split('\r\n\r\n', 1);
  return head
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
    .includes(`To: ${address}`);
}

/** Returns the newest first. */
export function listOutbox(folder: string): OutboxFile[] {
  const names = readFolder(folder).filter((name) => namePattern.test(name) && !name.startsWith('.'));
  return names
    .map((name) => ({ name, writtenAtMs: statSync(join(folder, name)).mtimeMs }))
    .sort((a, b) => b.writtenAtMs - a.writtenAtMs);
}

/** Returns null if no mail has that name. */
export function readOutbox(folder: string, name: string): string | null {
  return listOutbox(folder).some((file) => file.name === name) ? readFileSync(join(folder, name), 'latin1') : null;
}

function readFolder(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
