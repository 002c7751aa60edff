/** HTML character references that stray into plain text. */
import { decodeHTMLStrict } from 'entities/decode';

const reference = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|[A-Za-z][A-Za-z0-9]{1,31});/g;

/** Decodes each reference once; what has no semicolon or no known name is text (`R&D`, `Q&A;`). */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(reference, (whole, decimal?: string, hex?: string) => {
    if (decimal === undefined && hex === undefined) return decodeHTMLStrict(whole);
    // Numbers stay as they are, also 128 to 159: these may be bytes of UTF-8, which `cleanText` mends together.
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
