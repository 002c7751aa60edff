/** Loads the typeface Newsreader from the site itself, so that pages look the same on every system. */
import localFont from 'next/font/local';

export const latin = localFont({
  src: '../../node_modules/@fontsource-variable/newsreader/files/newsreader-latin-wght-normal.woff2',
  weight: '200 800',
  variable: '--font-latin',
  display: 'swap',
});
