/** `npm run digest`: sends due digests or those of a day, and processes returned mail. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Day } from '#core/day.ts';
import { parseMailAddress } from '#core/ports/mail.ts';
import { readSettings } from '#platform/settings.ts';
import { toCountLabel } from '#view/text/labels.ts';
import { openCommandLibrary } from '#wiring/command-library.ts';
import { type OpenDigest, openDigest } from '#wiring/digest.ts';
import { prepareStore } from '#wiring/store.ts';
import { toListingDay } from './listing-day.ts';
import { healStore } from './setup.ts';

const help = `
Without --day what is due by everybody's own hour is sent, as the running server does each minute. With --day every active
subscription gets the digest of that day now: what is new to it, and the papers listed on the day. Nobody gets a paper twice.
Exit code: 0 all is sent, 1 some mails failed or will be tried again, 2 nothing could be done.

Examples:
  npm run digest -- --dry-run
  npm run digest -- --day 2025-12-16
  npm run digest -- mailbox ~/Maildir/.digest
  npm run digest -- allow reader@example.org`;

type Options = { readonly dryRun?: boolean; readonly day?: Day };

export function addDigestCommand(program: Command): void {
  const digest = program
    .command('digest')
    .description('send the e-mail digests that are due')
    .option('--dry-run', 'say who would get what; send and write nothing')
    .option('--day <day>', 'the digest of this day, YYYY-MM-DD, to everybody who has not had it', toListingDay)
    .addHelpText('after', help)
    .action((options: Options) =>
      withDigest((opened) => (options.dryRun ? plan(opened, options.day) : send(opened, options.day))),
    );
  digest
    .command('mailbox <path>')
    .description(
      'read delivery reports (RFC 3464) and wishes to leave from a file, a mailbox folder, or - for standard input',
    )
    .action((path: string) => withDigest((opened) => readMails(opened, path)));
  digest
    .command('allow <address>')
    .description('send to an address again that was given up')
    .action((address: string) => withDigest((opened) => allow(opened, address)));
}

async function withDigest(work: (digest: OpenDigest) => Promise<void>): Promise<void> {
  const settings = readSettings();
  prepareStore(settings.databaseFile, process.cwd());
  await healStore(settings);
  const library = openCommandLibrary(settings, settings.siteUrl);
  const digest = openDigest(settings, library);
  process.once('SIGTERM', () => digest.stop()).once('SIGINT', () => digest.stop());
  try {
    await work(digest);
  } finally {
    digest.close();
    await library.close();
  }
}

async function send(digest: OpenDigest, day: Day | undefined): Promise<void> {
  const report = await (day === undefined ? digest.sendDue() : digest.sendDay(day));
  if (report === null) {
    console.error('Another process is sending mails now; it sends these too.');
    process.exitCode = 2;
    return;
  }
  const { recipients, sent, failed, postponed, stopped } = report;
  console.log(`${recipients} due: ${sent} sent, ${failed} failed, ${postponed} to be tried again`);
  if (recipients === 0 && day === undefined) console.log(await describeNext(digest));
  if (stopped !== null) console.error(`The mail server takes nothing now: ${stopped}`);
  process.exitCode = failed + postponed > 0 ? 1 : 0;
}

async function describeNext(digest: OpenDigest): Promise<string> {
  const next = await digest.nextDueAt();
  return next === null
    ? 'Nobody is subscribed.'
    : `The next is due at ${next}; --day YYYY-MM-DD sends a day's digest at once.`;
}

async function plan(digest: OpenDigest, day: Day | undefined): Promise<void> {
  const planned = await digest.plan(day ?? null);
  for (const { address, filter, digest: digestDay, papers, isSent } of planned)
    console.log(`${digestDay}  ${address}  ${filter}: ${toCountLabel(papers, 'paper')}${isSent ? '' : ', no mail'}`);
  console.log(
    `Due: ${toCountLabel(planned.length, 'subscription')}; to be sent: ${toCountLabel(planned.filter((one) => one.isSent).length, 'mail')}.`,
  );
  if (planned.length === 0) console.log(await describeNext(digest));
}

async function readMails(digest: OpenDigest, path: string): Promise<void> {
  const sums = { reports: 0, suppressed: 0, counted: 0, ignored: 0, left: 0 };
  for (const file of path === '-' ? [0] : filesIn(resolve(readSettings().callerFolder, path))) {
    const summary = await digest.readMailbox(readFileSync(file, 'latin1'));
    for (const key of Object.keys(sums) as (keyof typeof sums)[]) sums[key] += summary[key];
  }
  const { reports, suppressed, counted, ignored, left } = sums;
  console.log(
    `${reports} reports: ${suppressed} addresses given up, ${counted} counted, ${ignored} known before or not about our mails; ${toCountLabel(left, 'subscription')} ended by mail`,
  );
}

/** Returns the file itself, or the files of a folder and of its Maildir subfolders `new` and `cur`. */
function filesIn(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  const entries = readdirSync(path, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory() && (entry.name === 'new' || entry.name === 'cur'));
  return [
    ...entries.filter((entry) => entry.isFile()).map((entry) => join(path, entry.name)),
    ...folders.flatMap((folder) => filesIn(join(path, folder.name))),
  ];
}

async function allow(digest: OpenDigest, text: string): Promise<void> {
  const address = parseMailAddress(text);
  if (address !== null && (await digest.allow(address))) {
    console.log(`${address} gets mail again.`);
    return;
  }
  console.error(`${text} was not given up.`);
  process.exitCode = 2;
}
