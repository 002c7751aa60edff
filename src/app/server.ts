/** The one door from routes to the application; never part of a browser's bundle. */
import 'server-only';
import { openServerDigest, runningClient, sendSoon } from '#wiring/digest';
import { answerStatus, contactUrl, openSite, siteUrl, today, varyOn } from '#wiring/library';

export { answerStatus, contactUrl, openServerDigest as digest, openSite as app, runningClient, sendSoon, siteUrl, today, varyOn };
