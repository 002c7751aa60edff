/** Newsreader, a face made for newspapers on screens: the same page on every system, from the project's own files. */
import localFont from 'next/font/local';

export const latin = localFont({
  src: '../../node_modules/@fontsource-variable/newsreader/files/newsreader-latin-wght-normal.woff2',
  weight: '200 800',
  variable: '--font-latin',
  display: 'swap',
});
