/** Next's start hook: what runs beside the pages begins here, once for each server and never during the build. */
export async function register(): Promise<void> {
  const [{ openSite }, { startFetching }] = await Promise.all([import('#wiring/library'), import('#wiring/ingest')]);
  openSite();
  startFetching();
}
