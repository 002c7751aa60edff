/** An address that is no page of this site. */

import { NotFoundPage } from '#ui/shell/not-found-page.tsx';
import { app } from './server.ts';

export default async function NoSuchPage() {
  return <NotFoundPage sentence="There is no page at this address." nearest={await app().nearestPeriod('')} />;
}
