/** Next's start hook: what runs beside the pages begins here, once for each server and never during the build. */
export async function register(): Promise<void> {
  // Next builds this file for its edge runtime too, where none of it can run; the build decides the condition and drops the rest.
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { runStartHook } = await import('#platform/start-hook');
  await runStartHook(async () => {
    const [{ openSite }, { startFetching }, { startDigests }, { startStoreWatch }] = await Promise.all([
      import('#wiring/library'),
      import('#wiring/ingest'),
      import('#wiring/digest'),
      import('#wiring/store-watch'),
    ]);
    openSite();
    startFetching();
    startDigests();
    startStoreWatch();
  });
}
