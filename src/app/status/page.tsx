/** `/status`: the current freshness of all sources. */
import { renderPage } from '#app/answer.ts';
import { app } from '#app/server.ts';
import { StatusPage } from '#ui/shell/status-page.tsx';

export default function StatusOfSourcesPage() {
  return renderPage(async () => <StatusPage view={await app().status()} />);
}
