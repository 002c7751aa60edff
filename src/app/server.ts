/** The one door from routes to the application; never part of a browser's bundle. */
import 'server-only';
import { answerStatus, openSite } from '#wiring/library';

export { answerStatus, openSite as app };
