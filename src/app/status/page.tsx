/** `/status`: how fresh everything is, at this moment. */
import { answerPage } from '#app/answer.ts';
import { app } from '#app/server.ts';
import { StatusPage } from '#ui/shell/status-page.tsx';

export default function StatusOfSourcesPage() {
  return answerPage(async () => <StatusPage view={await app().status()} />);
}
