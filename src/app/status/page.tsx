/** `/status`: how fresh everything is, at this moment. */
import { app } from '#app/server';
import { StatusPage } from '#ui/status-page';

export default async function StatusOfSourcesPage() {
  return <StatusPage view={await app().status()} />;
}
