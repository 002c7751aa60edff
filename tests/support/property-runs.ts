/** How often property tests run: `PROPERTY_RUNS=10 npm test` runs each ten times as often, `PROPERTY_RUNS=0.1` a tenth as often. */
const factor = Number(process.env.PROPERTY_RUNS ?? 1);
if (!(factor > 0)) throw new Error(`PROPERTY_RUNS must be a number above 0 (it is ${process.env.PROPERTY_RUNS})`);

/** The number of runs of a property that ordinarily runs `usual` times. */
export const propertyRuns = (usual: number): number => Math.ceil(usual * factor);
