/** `/api`: the API's description for people. */
import { app } from '#app/server';
import { ApiPage } from '#ui/api-page';

export default async function ApiDescriptionPage() {
  return <ApiPage view={await app().api.page()} />;
}
