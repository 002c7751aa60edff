/** Next's start hook: what runs beside the pages begins here, once for each server and never during the build. */
export async function register(): Promise<void> {
  // Next builds this file for its edge runtime too, where none of it can run; the build decides the condition and drops the rest.
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { runStartHook } = await import('./platform/start-hook.ts');
  await runStartHook(async () => {
    const [{ openSite }, { startFetching }, { startDigests }, { startStoreWatch }] = await Promise.all([
      import('./wiring/library.ts'),
      import('./wiring/ingest.ts'),
      import('./wiring/digest.ts'),
      import('./wiring/store-watch.ts'),
    ]);
    openSite();
    startFetching();
    startDigests();
    startStoreWatch();
  });
}
