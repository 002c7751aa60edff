/** Sends mails by SMTP, and says of each what became of it. */
import { createTransport } from 'nodemailer';
import type { Mailer, MailOutcome } from '#core/ports/mail.ts';
import { createComposer } from './mime-message.ts';

export type SmtpSettings = {
  /** `smtp:` or `smtps:`, with user and password where the server wants them. */
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
    // A mail whose connection broke is ours to try again: the server may have had it.
    maxRequeues: 0,
  });
  const compose = createComposer(from);
  return {
    async send(mail) {
      try {
        // Whole, not as a stream: that would be a system call for every few lines.
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
  // 421 closes the session and 454 is about logging in: neither is about this mail.
  if (code === 'EAUTH' || responseCode === 421 || responseCode === 454) return { kind: 'unreachable', reason };
  if (responseCode !== undefined) return toRefusal(responseCode, command, reason);
  if (code === 'EENVELOPE' || code === 'EMESSAGE' || code === 'ESTREAM')
    return { kind: 'refused', hard: false, final: true, reason };
  return wasNeverConnected(error) ? { kind: 'unreachable', reason } : { kind: 'uncertain', reason };
}

/** Of a connection that broke later the library does not say how far the mail had come. */
function wasNeverConnected({ code = '', syscall, timeoutType }: SmtpError): boolean {
  return (
    syscall === 'connect' ||
    ['EDNS', 'ETLS', 'EPROXY'].includes(code) ||
    /^(?:CONNECT|GREETING|UPGRADE)_/.test(timeoutType ?? '')
  );
}

/** A refused recipient is a bad address, unless the enhanced code (RFC 3463) says that it is full or that we are the problem. */
function toRefusal(responseCode: number, command: string, reason: string): MailOutcome {
  const isFinal = responseCode >= 500;
  const isOfAddress =
    command.startsWith('RCPT') && [550, 551, 553].includes(responseCode) && !/\b5\.(?:2\.2|[3-7]\.\d+)\b/.test(reason);
  return { kind: 'refused', hard: isFinal && isOfAddress, final: isFinal, reason };
}
