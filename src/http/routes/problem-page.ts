/** The error page of a form, with a way back. */
import { escapeXml } from '#formats/shared/xml.ts';

/** Whether the client is a browser. */
export const wantsPage = ({ headers }: Request): boolean => /\btext\/html\b/.test(headers.get('accept') ?? '');

export function problemPage(title: string, message: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><meta name="robots" content="noindex">
<title>${escapeXml(title)} · Paper Digest</title></head>
<body><main><h1>${escapeXml(title)}</h1><p>${escapeXml(message)}</p>
<p>Your browser’s back button leads to the page you came from. Or go to the <a href="/">latest day</a>.</p></main></body>
</html>
`;
}
