/** Removes what differs between any two runs from a response: current times, ports, asset names and build hashes. */

const rules: readonly (readonly [pattern: RegExp, by: string])[] = [
  // Times of this run; days of papers and listings stay.
  [/\b20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, 'TIME'],
  [/\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d \w{3} \d{4} \d\d:\d\d:\d\d (?:GMT|\+0000)/g, 'TIME'],
  [/127\.0\.0\.1:\d+/g, 'HOST'],
  [/\/tmp\/[\w./-]+?\/(?:before|after)\//g, 'FOLDER/'],
  // Asset names contain content hashes.
  [/\/_next\/static\/[\w./~-]+/g, 'ASSET'],
  [/"[A-Za-z0-9_-]{21}"(?=,)/g, '"BUILD"'],
  [/'sha256-[A-Za-z0-9+/=]+'/g, 'SHA'],
  [/(?:W\/)?\\?"[A-Za-z0-9_-]{16,43}\\?"/g, '"TAG"'],
  [/W\/"([0-9a-f]+)-[a-z0-9]+"/g, 'W/"$1-BUILD"'],
  [/\b\d+(?:\.\d+)? (?:ms|s|MB|GB)\b/g, 'N unit'],
  [/ at (?:\S+ )?\(?\S+:\d+:\d+\)?/g, ''],
];

export const normalize = (text: string): string =>
  rules.reduce((result, [pattern, by]) => result.replace(pattern, by), text);

/** Headers that depend on the time or the connection. */
const passing = ['date', 'keep-alive', 'connection', 'content-length', 'age', 'transfer-encoding'];

export const normalizeHeaders = (headers: Readonly<Record<string, unknown>>): string =>
  Object.entries(headers)
    .filter(([name]) => !passing.includes(name))
    .map(([name, value]) => `${name}: ${normalize(String(value))}`)
    .sort()
    .join('\n');

/** The React Server Components payload repeats the page and contains module names of the build. */
export const withoutFlightData = (html: string): string =>
  html
    .replace(/<script>(?:self\.__next_f|\(self\.__next_f)[\s\S]*?<\/script>/g, '<script>DATA</script>')
    .replace(/<script id="_R_">[\s\S]*?<\/script>/g, '<script>RUNTIME</script>')
    .replace(/<link rel="preload"[^>]*>/g, '');
