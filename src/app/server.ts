/** The one door from routes to the application; never part of a browser's bundle. */
import 'server-only';
import { answerStatus, contactUrl, openSite, today } from '#wiring/library';

export { answerStatus, contactUrl, openSite as app, today };
