/** The attacker's process: carries out one attack, given as JSON on the command line, and prints what came back as JSON. */

import type { AttackSpec } from './attack-spec.ts';
import { attacks } from './attacks.ts';

const [address = '', given = '{}'] = process.argv.slice(2);
const spec = JSON.parse(given) as AttackSpec;
const report = await attacks[spec.kind](new URL(address), spec as never);
process.stdout.write(`${JSON.stringify(report)}\n`, () => process.exit(0));
