/** The 404 page for an address without a route. */

import { NotFoundPage } from '#ui/shell/not-found-page.tsx';
import { app } from './server.ts';

export default async function NoSuchPage() {
  return <NotFoundPage message="There is no page at this address." nearest={await app().nearestPeriod('')} />;
}
