/** The command line: registers all commands. */
import { Command } from 'commander';
import { readSettings, SettingError } from '#platform/settings.ts';
import { makeLossy } from '#scripts/lossy-output.mjs';
import { explainError } from '#wiring/store.ts';
import { addDigestCommand } from './digest.ts';
import { runDoctor } from './doctor.ts';
import { addExportCommand } from './export.ts';
import { addIngestCommands } from './ingest.ts';
import { runRetag, runSetup } from './setup.ts';

// Not standard output: it carries data, so a failed write must fail the command.
makeLossy(process.stderr);

const program = new Command('paper-digest')
  .description('A self-hosted daily digest of research papers.')
  .showHelpAfterError('(--help shows what can be asked)')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));

addIngestCommands(program);
addExportCommand(program);
addDigestCommand(program);
program
  .command('doctor')
  .description('check runtime, store, index and disk; only reads')
  .addHelpText('after', '\nExit code: 0 everything is well, 1 something is not, 2 the command could not run.')
  .action(runDoctor);
program.command('retag').description('give all papers the topics of the present vocabulary').action(runRetag);
program
  .command('setup', { hidden: true })
  .description('migrate the store and fill an empty one from seeds/')
  .action(runSetup);

await program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof SettingError ? error.message : explainError(error, readSettings().databaseFile));
  process.exitCode = 2;
});
