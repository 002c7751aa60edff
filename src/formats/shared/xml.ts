/** Escapes text for XML 1.0 and drops characters that XML does not allow. */

// Matches all but XML's characters (XML 1.0 § 2.2). With the flag `u` it also matches lone surrogates.
const notXml = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const escapes: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Escapes text and attribute values, for HTML too. */
export function escapeXml(text: string): string {
  return dropNonXml(text).replace(/[<>&"']/g, (sign) => escapes[sign] ?? sign);
}

/** For complete markup, which needs no escapes. */
export function dropNonXml(text: string): string {
  return text.replace(notXml, '');
}

/** Returns `<name a="b">text</name>`, without null attributes, or `<name a="b"/>` if there is no text. */
export function element(name: string, attributes: Readonly<Record<string, string | null>>, text?: string): string {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === null ? [] : ` ${key}="${escapeXml(value)}"`,
  );
  const start = `<${name}${written.join('')}`;
  return text === undefined ? `${start}/>` : `${start}>${escapeXml(text)}</${name}>`;
}
