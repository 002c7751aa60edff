/** `/status`: how fresh everything is, at this moment. */
import { answerPage } from '#app/answer';
import { app } from '#app/server';
import { StatusPage } from '#ui/status-page';

export default function StatusOfSourcesPage() {
  return answerPage(async () => <StatusPage view={await app().status()} />);
}
