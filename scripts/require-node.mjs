/** Exits with a message if Node.js is too old. Every command imports it first. Uses syntax that old versions parse. */
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 9)) {
  console.error(
    'Paper Digest needs Node.js 20.9 or newer; this is ' +
      process.version +
      '. Install a newer one from https://nodejs.org/ and run the command again.',
  );
  process.exit(1);
}
