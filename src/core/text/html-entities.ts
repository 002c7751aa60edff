/** Decodes HTML character references in plain text. */
import { decodeHTMLStrict } from 'entities/decode';

const reference = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|[A-Za-z][A-Za-z0-9]{1,31});/g;

/** Decodes each reference once. A reference without semicolon or with an unknown name stays text (`R&D`, `Q&A;`). */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(reference, (whole, decimal?: string, hex?: string) => {
    if (decimal === undefined && hex === undefined) return decodeHTMLStrict(whole);
    // Keep code points 128 to 159: they may be UTF-8 bytes, which `cleanText` repairs together.
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
