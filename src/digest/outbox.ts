/** Mails that were written to files instead of sent, as the outbox shows them. */
import type { OutboxMailView } from '#serve/view/subscription-view';
import { outboxPath } from './links.ts';
import { findPart, type MimePart, parseMime } from './parse-mime.ts';

/** The folder of mails: names newest first, and each mail's bytes as latin1. */
export type OutboxFolder = { names(): readonly string[]; read(name: string): string | null };

export type OutboxMail = OutboxMailView & {
  readonly headers: readonly (readonly [string, string])[];
  readonly text: string;
  readonly html: string;
};

const listedMax = 100;

export function listOutboxMails({ names, read }: OutboxFolder): OutboxMailView[] {
  return names()
    .slice(0, listedMax)
    .flatMap((name) => {
      const raw = read(name);
      return raw === null ? [] : [toView(name, parseMime(raw))];
    });
}

/** Null when there is no mail of that name. */
export function openOutboxMail({ read }: OutboxFolder, name: string): OutboxMail | null {
  const raw = read(name);
  if (raw === null) return null;
  const mail = parseMime(raw);
  const bodyOf = (type: string) => findPart(mail, (one) => one === type)?.body.replaceAll('\r\n', '\n') ?? '';
  return { ...toView(name, mail), headers: [...mail.headers], text: bodyOf('text/plain'), html: bodyOf('text/html') };
}

function toView(name: string, { headers }: MimePart): OutboxMailView {
  const header = (key: string) => headers.get(key) ?? '';
  return { name, href: `${outboxPath}/${name}`, to: header('to'), subject: header('subject'), date: header('date') };
}
