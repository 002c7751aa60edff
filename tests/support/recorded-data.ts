/** Locates the recorded data, which is too large for the repository or not ours to publish. */
import { statSync } from 'node:fs';

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/** Returns the folder from DATA_DIR or the first argument, and the other arguments as `rest`. */
export function recordedData(args: readonly string[] = process.argv.slice(2)): {
  readonly folder: string;
  readonly rest: readonly string[];
} {
  const [first = ''] = args;
  if (isFolder(first)) return { folder: first, rest: args.slice(1) };
  const folder = process.env.DATA_DIR ?? '';
  if (isFolder(folder)) return { folder, rest: args };
  console.error(
    `${folder || first || 'Nothing'} is no folder with recorded data: name it with DATA_DIR or as the first argument.`,
  );
  process.exit(2);
}
