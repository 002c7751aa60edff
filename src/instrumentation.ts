/** Next's start hook: what runs beside the pages begins here, once for each server and never during the build. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs' || process.env.NEXT_PHASE === 'phase-production-build') return;
  const { startFetching } = await import('#wiring/ingest');
  startFetching();
}
