/** Text in XML 1.0 documents: what cannot stand there is left out, the rest is escaped. */

// Everything but XML's characters (XML 1.0 §2.2); with the flag `u` halves of surrogate pairs are among it.
const notXml = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const escapes: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  '"': '&quot;',
  "'": '&apos;',
};

/** For text and attribute values alike; the result is right in HTML too. */
export function escapeXml(text: string): string {
  return dropNonXml(text).replace(/[<>&"']/g, (sign) => escapes[sign] ?? sign);
}

/** For markup that is whole already. */
export function dropNonXml(text: string): string {
  return text.replace(notXml, '');
}

/** `<name a="b">text</name>`; attributes that are null are left out, and an element without text is closed at once. */
export function element(name: string, attributes: Readonly<Record<string, string | null>>, text?: string): string {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === null ? [] : ` ${key}="${escapeXml(value)}"`,
  );
  const start = `<${name}${written.join('')}`;
  return text === undefined ? `${start}/>` : `${start}>${escapeXml(text)}</${name}>`;
}
