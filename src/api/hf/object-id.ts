/** Ids of 24 hexadecimal digits, as Hugging Face's database gives them: here a digest of what they name, so that they never change. */

const seeds = [0x811c9dc5, 0x9e3779b9, 0x85ebca6b];

export function toObjectId(...names: readonly string[]): string {
  const text = names.join('\n');
  return seeds.map((seed) => digest(text, seed).toString(16).padStart(8, '0')).join('');
}

/** FNV-1a over UTF-16 units, mixed at the end so that the three parts have nothing in common. */
function digest(text: string, seed: number): number {
  let hash = seed;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
  return (hash ^ (hash >>> 15)) >>> 0;
}
