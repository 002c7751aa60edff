/** The only module through which routes reach the application. It is never part of a client bundle. */
import 'server-only';
import { openServerDigest, runningClient, sendSoon } from '#wiring/digest.ts';
import { answerStatus, contactUrl, openSite, siteUrl, today, varyOn } from '#wiring/library.ts';

export {
  answerStatus,
  contactUrl,
  openServerDigest as digest,
  openSite as app,
  runningClient,
  sendSoon,
  siteUrl,
  today,
  varyOn,
};
