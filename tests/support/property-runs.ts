/** Scales the number of runs of property tests: `PROPERTY_RUNS=10 npm test` runs each ten times as often. */
const factor = Number(process.env.PROPERTY_RUNS ?? 1);
if (!(factor > 0)) throw new Error(`PROPERTY_RUNS must be a number above 0 (it is ${process.env.PROPERTY_RUNS})`);

/** Returns the number of runs for a property whose default is `usual`. */
export const propertyRuns = (usual: number): number => Math.ceil(usual * factor);
