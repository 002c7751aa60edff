/** Ends a command with a message if the cause is known, or with the whole error if it is a bug. */
import { dirname } from 'node:path';

export function fail(error) {
  console.error(messageOf(error));
  process.exit(1);
}

export function messageOf(error) {
  if (error.name === 'SettingError' || error.name === 'BuildError') return error.message;
  if (error.code === 'EADDRINUSE')
    return `Port ${error.port} on ${error.address} is taken by another program: stop it, or choose another port, as in PORT=${error.port + 1} npm start.`;
  if (error.code === 'EACCES' && error.syscall === 'listen')
    return `This user may not listen on port ${error.port}: choose one above 1023, as in PORT=3000 npm start.`;
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND')
    return `HOST=${error.address ?? error.hostname} is no address of this machine.`;
  if (error.syscall === 'mkdtemp')
    return `No folder can be made in ${dirname(error.path)}, where temporary files go (${error.code}): choose another place, as in TMPDIR=/tmp npm start.`;
  if (error.code === 'EMFILE')
    return 'This process may not open enough files (EMFILE): raise the limit and start again, as in ulimit -n 4096; npm start.';
  if (error.code === 'EINVAL' && error.syscall === 'listen')
    return `${error.address} is too long a name for a socket: choose a shorter place for temporary files, as in TMPDIR=/tmp npm start.`;
  return error;
}
