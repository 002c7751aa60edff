/** Reads the outbox: mails that were written to files instead of sent. */
import type { OutboxMailView } from '#view/subscription-view.ts';
import { type MimeMail, parseMime } from './bounces/parse-mime.ts';
import { outboxPath } from './links.ts';

/** `names` lists the newest file first. `read` returns a mail's bytes as latin1. */
export type OutboxFolder = { names(): readonly string[]; read(name: string): string | null };

export type OutboxMail = OutboxMailView & {
  readonly headers: readonly (readonly [string, string])[];
  readonly text: string;
  readonly html: string;
};

const listedMax = 100;

export async function listOutboxMails({ names, read }: OutboxFolder): Promise<OutboxMailView[]> {
  const mails: OutboxMailView[] = [];
  for (const name of names().slice(0, listedMax)) {
    const raw = read(name);
    if (raw !== null) mails.push(toView(name, await parseMime(raw)));
  }
  return mails;
}

/** Returns null if no mail has that name. */
export async function openOutboxMail({ read }: OutboxFolder, name: string): Promise<OutboxMail | null> {
  const raw = read(name);
  if (raw === null) return null;
  const mail = await parseMime(raw);
  return { ...toView(name, mail), headers: [...mail.headers], text: mail.text, html: mail.html };
}

function toView(name: string, { headers }: MimeMail): OutboxMailView {
  const header = (key: string) => headers.get(key) ?? '';
  return { name, href: `${outboxPath}/${name}`, to: header('to'), subject: header('subject'), date: header('date') };
}
