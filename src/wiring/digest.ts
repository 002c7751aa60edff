/** Wires subscriptions and mail: the durable database connection, the mailer, the outbox and the timer. */
import { join } from 'node:path';
import { processSingleton } from '#core/process-singleton.ts';
import { clientAtOrigin, isForwarded } from '#http/guard/client-address.ts';
import { runningRequest } from '#http/routes/request-context.ts';
import { startTimer } from '#mail/deliver/digest-timer.ts';
import { createDigest, type Digest } from '#mail/digest.ts';
import { listOutboxMails, openOutboxMail } from '#mail/outbox.ts';
import { inFlightMax } from '#mail/send-digests.ts';
import { systemClock } from '#platform/clock.ts';
import { createOutboxMailer, listOutbox, readOutbox } from '#platform/mail/outbox-mailer.ts';
import { createSmtpMailer } from '#platform/mail/smtp-mailer.ts';
import { createOutboxAccess, outboxKey } from '#platform/outbox-key.ts';
import { readSettings, type Settings } from '#platform/settings.ts';
import { onStop } from '#platform/stop.ts';
import type { Library } from '#read/library.ts';
import { openForDurableWriting, stopWaitingForLocks } from '#store/sqlite/database.ts';
import { createDeliveryQueue } from '#store/sqlite/mail/delivery-queue.ts';
import { createSenderLock } from '#store/sqlite/mail/sender-lock.ts';
import { createSubscriptionStore } from '#store/sqlite/mail/subscription-store.ts';
import { forReaders, inBackground, retryingPort } from '#store/sqlite/retry-while-locked.ts';
import { openServerLibrary, whenIndexed } from './library.ts';
import { createServerLog } from './log.ts';
import { guardStore } from './store-watch.ts';

type Outbox = { list(): ReturnType<typeof listOutboxMails>; open(name: string): ReturnType<typeof openOutboxMail> };
export type OpenDigest = Omit<Digest, 'request'> & {
  /** Mails go to the outbox folder, because no SMTP server is set. */
  readonly hasOutbox: boolean;
  /** The outbox, if the current request may see it. */
  readonly outbox: Outbox | null;
  /** Returns the `Set-Cookie` field that opens the outbox. Null for a wrong key, or if the request must not see it. */
  openOutbox(key: string): string | null;
  /** Like `Digest.request`, but takes the same time for every address. */
  request(...of: Parameters<Digest['request']>): Promise<string>;
  close(): void;
};

/** Longer than any request takes, so that response times do not reveal whether an address is subscribed. */
const requestDurationMs = 200;

export function openDigest(settings: Settings, library: Library): OpenDigest {
  const { databaseFile, smtpUrl, mailFrom } = settings;
  const database = openForDurableWriting(databaseFile);
  const folder = join(settings.dataFolder, 'outbox');
  const access = createOutboxAccess(outboxKey(settings), systemClock.nowMs);
  // A proxy serves strangers, so behind one the outbox does not exist.
  const outboxRequest = () => {
    const request = runningRequest();
    return smtpUrl === null && request !== undefined && !isForwarded(request) ? request : null;
  };
  const mailer =
    smtpUrl === null
      ? createOutboxMailer(folder, mailFrom)
      : createSmtpMailer({ url: smtpUrl, from: mailFrom, connections: inFlightMax });
  const digest = createDigest({
    library,
    subscriptions: retryingPort(createSubscriptionStore(database), forReaders),
    deliveries: retryingPort(createDeliveryQueue(database), inBackground),
    lock: createSenderLock(databaseFile),
    mailer,
    mail: { mailHost: /@([\w.-]+)/.exec(mailFrom)?.[1] ?? 'localhost', leaveAddress: settings.mailLeave },
    nowMs: systemClock.nowMs,
  });
  stopWaitingForLocks(database);
  return {
    ...digest,
    hasOutbox: smtpUrl === null,
    get outbox() {
      return access.isOpenTo(outboxRequest()?.headers.cookie ?? '') ? readOutboxFolder(folder) : null;
    },
    openOutbox: (key) => (outboxRequest() === null ? null : access.cookieFor(key)),
    async request(...of) {
      const [next] = await Promise.all([digest.request(...of), systemClock.wait(requestDurationMs)]);
      return next;
    },
    close() {
      mailer.close();
      database.close();
    },
  };
}

/** Returns the client of the current request; empty if unknown. */
export function runningClient(): string {
  const request = runningRequest();
  return request === undefined ? '' : clientAtOrigin(request);
}

function readOutboxFolder(folder: string): Outbox {
  const files = {
    names: () => listOutbox(folder).map((file) => file.name),
    read: (name: string) => readOutbox(folder, name),
  };
  return { list: () => listOutboxMails(files), open: (name) => openOutboxMail(files, name) };
}

/** Opens the digest once for this process. It closes with the server. */
export function openServerDigest(): OpenDigest {
  return processSingleton('digest', () => {
    const digest = openDigest(readSettings(), openServerLibrary());
    onStop(() => digest.close());
    return guardStore(digest, 'writes');
  });
}

/** Starts sending the queued deliveries without awaiting them, so that responses do not wait for mails. */
export function sendSoon(): void {
  openServerDigest()
    .sendWaiting()
    .then(logReport, (error: unknown) => createServerLog().error('mails could not be sent', { error: String(error) }));
}

/** Starts the timer that sends due digests. Only one of the processes on this store sends. */
export function startDigests(): void {
  const digest = openServerDigest();
  const log = createServerLog();
  let stop: (() => Promise<void>) | null = async () => {};
  // Before the index is complete, a digest would miss papers.
  void whenIndexed().then((isIndexed) => {
    if (stop === null || !isIndexed) return;
    stop = startTimer({
      run: () => digest.sendDue(),
      wait: systemClock.wait,
      onReport: logReport,
      onError: (error) => log.error('the digest met an error', { error: String(error) }),
    });
  });
  onStop(async () => {
    digest.stop();
    const end = stop;
    stop = null;
    await end?.();
  });
}

function logReport(report: Awaited<ReturnType<Digest['sendDue']>>): void {
  if (report === null || report.sent + report.failed + report.postponed === 0) return;
  const log = createServerLog();
  log[report.stopped === null && report.failed === 0 ? 'info' : 'warn']('digest', { ...report });
}
