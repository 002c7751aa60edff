/** Mail addresses, messages, and the port that sends them. */
import { z } from 'zod';

const localPart = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const domainLabel = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const charactersMax = 254;
const localCharactersMax = 64;

/** One address that SMTP accepts without extensions, in lower case. It contains no second address and no header. */
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

/**
 * Returns the domain in its DNS form (`münchen.example` in Punycode). Rejects digits alone, which would be an IP
 * address.
 */
function toAsciiDomain(text: string): string | null {
  if (/[^\p{L}\p{M}\p{N}.-]/u.test(text)) return null;
  const host = URL.parse(`http://${text}`)?.hostname ?? '';
  const labels = host.split('.');
  return labels.every((label) => domainLabel.test(label)) && !/^\d+$/.test(labels.at(-1) ?? '') ? host : null;
}

/**
 * Returns the mailbox behind an address, for rate limits only: without `+tag` and without the dots that Gmail ignores.
 * Mail goes to the address as the subscriber wrote it.
 */
export function mailboxOf(address: MailAddress): string {
  const at = address.lastIndexOf('@');
  const local = address.slice(0, at).replace(/(?<=.)\+.*$/, '');
  const domain = address.slice(at + 1);
  return /^(?:gmail|googlemail)\.com$/.test(domain) ? `${local.replaceAll('.', '')}@gmail.com` : `${local}@${domain}`;
}

/** The part of a mail that all recipients share. It is rendered once. */
export type MailContent = {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** Placeholder for each recipient's token in both texts. It has the same length as a token. */
  readonly tokenHole: string;
};

export type Mail = {
  readonly to: MailAddress;
  readonly content: MailContent;
  /** The token at the end of this recipient's links. */
  readonly token: string;
  /** Message-ID without angle brackets. The same for every attempt. */
  readonly messageId: string;
  /** Headers in addition to those of every mail. */
  readonly headers: Readonly<Record<string, string>>;
};

export type MailOutcome =
  | { readonly kind: 'sent' }
  /**
   * The server rejected this mail. `hard`: the address is invalid. If `final` is false, a later attempt may succeed.
   */
  | { readonly kind: 'refused'; readonly hard: boolean; readonly final: boolean; readonly reason: string }
  /** The server is unreachable or accepts no mail now. The mail was not sent. */
  | { readonly kind: 'unreachable'; readonly reason: string }
  /** The connection broke when the server may already have received the whole mail. */
  | { readonly kind: 'uncertain'; readonly reason: string };

export type Mailer = {
  /** Never throws. Errors are outcomes. */
  send(mail: Mail): Promise<MailOutcome>;
  /** Deletes local copies of the mails sent to an address. */
  forget(address: MailAddress): void;
  close(): void;
};
