/** A mail ready to go, who can take it, and what may become of it. */
import { z } from 'zod';

const localPart = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const domainLabel = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const charactersMax = 254;
const localCharactersMax = 64;

/** One address that SMTP takes without extensions, in lower case: nothing in it can be read as a second one or as a header. */
const MailAddressSchema = z
  .string()
  .transform((text, context) => {
    const address = toAddress(text.trim());
    if (address !== null) return address;
    context.addIssue('this is not a mail address that can be written to');
    return z.NEVER;
  })
  .brand<'MailAddress'>();
export type MailAddress = z.infer<typeof MailAddressSchema>;

export function parseMailAddress(text: string): MailAddress | null {
  return MailAddressSchema.safeParse(text).data ?? null;
}

function toAddress(text: string): string | null {
  const at = text.lastIndexOf('@');
  if (at < 1 || text.length > 2 * charactersMax) return null;
  const local = text.slice(0, at).toLowerCase();
  const domain = toAsciiDomain(text.slice(at + 1));
  if (domain === null || !localPart.test(local) || local.length > localCharactersMax) return null;
  const address = `${local}@${domain}`;
  return address.length <= charactersMax ? address : null;
}

/** `münchen.example` as DNS has it. Numbers alone would be read as an IP address, which is no mail domain. */
function toAsciiDomain(text: string): string | null {
  if (/[^\p{L}\p{M}\p{N}.-]/u.test(text)) return null;
  const host = URL.parse(`http://${text}`)?.hostname ?? '';
  const labels = host.split('.');
  return labels.every((label) => domainLabel.test(label)) && !/^\d+$/.test(labels.at(-1) ?? '') ? host : null;
}

/**
 * The mailbox that an address leads to, for limits alone: without a `+tag`, and without the dots that Gmail ignores. Two addresses of
 * one mailbox are one here; mail goes to the address as it was written.
 */
export function mailboxOf(address: MailAddress): string {
  const at = address.lastIndexOf('@');
  const local = address.slice(0, at).replace(/(?<=.)\+.*$/, '');
  const domain = address.slice(at + 1);
  return /^(?:gmail|googlemail)\.com$/.test(domain) ? `${local.replaceAll('.', '')}@gmail.com` : `${local}@${domain}`;
}

/** What is the same for all who get a mail: it is made once, however many they are. */
export type MailContent = {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** Stands in both texts where each reader's own token comes, and has as many characters. */
  readonly tokenHole: string;
};

export type Mail = {
  readonly to: MailAddress;
  readonly content: MailContent;
  /** What this reader's links end with. */
  readonly token: string;
  /** Without angle brackets; the same for every try of one mail. */
  readonly messageId: string;
  /** Beside those that every mail has. */
  readonly headers: Readonly<Record<string, string>>;
};

export type MailOutcome =
  | { readonly kind: 'sent' }
  /** The server took the connection but not this mail. `hard`: the address itself is no good; not `final`: it may be taken later. */
  | { readonly kind: 'refused'; readonly hard: boolean; readonly final: boolean; readonly reason: string }
  /** The server could not be reached, or takes nothing from us now: the mail is not on its way. */
  | { readonly kind: 'unreachable'; readonly reason: string }
  /** The connection broke where the server may have had the whole mail. */
  | { readonly kind: 'uncertain'; readonly reason: string };

export type Mailer = {
  /** Never throws: what goes wrong is an outcome. */
  send(mail: Mail): Promise<MailOutcome>;
  /** Deletes the copies that are kept here of what was sent to an address. */
  forget(address: MailAddress): void;
  close(): void;
};
