/** `/api`: the API's description for people. */
import { app } from '#app/server';
import { ApiPage } from '#ui/api-page';

export default function ApiDescriptionPage() {
  return <ApiPage view={app().api.page()} />;
}
