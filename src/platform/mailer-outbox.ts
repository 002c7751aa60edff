/** Writes mails into a folder instead of sending them, and reads them back: the whole flow works before a mail server is set up. */
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Mailer } from '#core/mail';
import { createComposer } from './compose-mail.ts';

export type OutboxFile = { readonly name: string; readonly writtenAtMs: number };

const namePattern = /^[\w.-]+\.eml$/;

/** One file a mail, named after its Message-ID: one that is written again replaces itself. */
export function createOutboxMailer(folder: string, from: string): Mailer {
  const compose = createComposer(from);
  return {
    async send(mail) {
      const message = await compose(mail);
      const name = `${(mail.messageId.split('@')[0] ?? '').replace(/[^\w.-]/g, '')}.eml`;
      try {
        mkdirSync(folder, { recursive: true });
        writeFileSync(join(folder, `.${name}`), message);
        renameSync(join(folder, `.${name}`), join(folder, name));
        return { kind: 'sent' };
      } catch (error) {
        return { kind: 'unreachable', reason: `The mail cannot be written: ${error instanceof Error ? error.message : String(error)}` };
      }
    },
    close: () => {},
  };
}

/** The newest first. */
export function listOutbox(folder: string): OutboxFile[] {
  const names = readFolder(folder).filter((name) => namePattern.test(name) && !name.startsWith('.'));
  return names.map((name) => ({ name, writtenAtMs: statSync(join(folder, name)).mtimeMs })).sort((a, b) => b.writtenAtMs - a.writtenAtMs);
}

/** Null when there is no mail of that name. */
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
