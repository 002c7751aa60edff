/** Ids of 24 hexadecimal digits, like Hugging Face's database ids. A digest of the names keeps them stable. */

const seeds = [0x811c9dc5, 0x9e3779b9, 0x85ebca6b];

export function toObjectId(...names: readonly string[]): string {
  const text = names.join('\n');
  return seeds.map((seed) => digest(text, seed).toString(16).padStart(8, '0')).join('');
}

/** FNV-1a over UTF-16 units, with a final mix so that the parts of the three seeds are independent. */
function digest(text: string, seed: number): number {
  let hash = seed;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
  return (hash ^ (hash >>> 15)) >>> 0;
}
