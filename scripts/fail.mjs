/** Ends a command: with one sentence where the cause is known, with the whole error where it is a bug. */

export function fail(error) {
  console.error(sentenceOf(error));
  process.exit(1);
}

export function sentenceOf(error) {
  if (error.name === 'SettingError' || error.name === 'BuildError') return error.message;
  if (error.code === 'EADDRINUSE')
    return `Port ${error.port} on ${error.address} is taken by another program: stop it, or choose another port, as in PORT=${error.port + 1} npm start.`;
  if (error.code === 'EACCES' && error.syscall === 'listen')
    return `This user may not listen on port ${error.port}: choose one above 1023, as in PORT=3000 npm start.`;
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND')
    return `HOST=${error.address ?? error.hostname} is no address of this machine.`;
  return error;
}
