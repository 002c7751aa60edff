/** Sends mails by SMTP (RFC 5321) and maps errors to outcomes. */
import { createTransport } from 'nodemailer';
import type { Mailer, MailOutcome } from '#core/ports/mail.ts';
import { createComposer } from './mime-message.ts';

export type SmtpSettings = {
  /** `smtp:` or `smtps:`, with user and password if the server requires them. */
  readonly url: string;
  readonly from: string;
  readonly connections: number;
};

const timeouts = { connectionTimeout: 15_000, greetingTimeout: 15_000, socketTimeout: 60_000 };

export function createSmtpMailer({ url, from, connections }: SmtpSettings): Mailer {
  const transport = createTransport({
    pool: true,
    url,
    ...timeouts,
    maxConnections: connections,
    maxMessages: 1_000,
    // No automatic retry after a broken connection: the server may have accepted the mail.
    maxRequeues: 0,
  });
  const compose = createComposer(from);
  return {
    async send(mail) {
      try {
        // A buffer, because a stream costs a system call for every few lines.
        await transport.sendMail({ envelope: { from: addressOf(from), to: mail.to }, raw: await compose(mail) });
        return { kind: 'sent' };
      } catch (error) {
        return toOutcome(error as SmtpError);
      }
    },
    forget: () => {},
    close: () => transport.close(),
  };
}

const addressOf = (from: string): string => /[^\s<>]+@[^\s<>]+/.exec(from)?.[0] ?? from;

type SmtpError = Error & {
  readonly code?: string;
  readonly command?: string;
  readonly responseCode?: number;
  readonly response?: string;
  readonly syscall?: string;
  readonly timeoutType?: string;
};

function toOutcome(error: SmtpError): MailOutcome {
  const { code = '', command = '', responseCode, response } = error;
  const reason = (response ?? error.message).replace(/\s+/g, ' ').slice(0, 300);
  // 421 closes the session and 454 concerns authentication. Neither concerns this mail.
  if (code === 'EAUTH' || responseCode === 421 || responseCode === 454) return { kind: 'unreachable', reason };
  if (responseCode !== undefined) return toRejection(responseCode, command, reason);
  if (code === 'EENVELOPE' || code === 'EMESSAGE' || code === 'ESTREAM')
    return { kind: 'refused', hard: false, final: true, reason };
  return wasNeverConnected(error) ? { kind: 'unreachable', reason } : { kind: 'uncertain', reason };
}

/** For connections that broke later, the library does not report how much of the mail was sent. */
function wasNeverConnected({ code = '', syscall, timeoutType }: SmtpError): boolean {
  return (
    syscall === 'connect' ||
    ['EDNS', 'ETLS', 'EPROXY'].includes(code) ||
    /^(?:CONNECT|GREETING|UPGRADE)_/.test(timeoutType ?? '')
  );
}

/** A rejected recipient is an invalid address, unless the RFC 3463 code names a full mailbox or a cause on our side. */
function toRejection(responseCode: number, command: string, reason: string): MailOutcome {
  const isPermanent = responseCode >= 500;
  const isAddressInvalid =
    command.startsWith('RCPT') && [550, 551, 553].includes(responseCode) && !/\b5\.(?:2\.2|[3-7]\.\d+)\b/.test(reason);
  return { kind: 'refused', hard: isPermanent && isAddressInvalid, final: isPermanent, reason };
}
