/** `/api`: the API's documentation. */
import { app } from '#app/server.ts';
import { ApiPage } from '#ui/shell/api-page.tsx';

export default async function ApiDescriptionPage() {
  return <ApiPage view={await app().api.page()} />;
}
