/** The attacker's process: runs one attack from a JSON argument and prints a JSON report. */

import type { AttackSpec } from './attack-spec.ts';
import { attacks } from './attacks.ts';

const [address = '', given = '{}'] = process.argv.slice(2);
const spec = JSON.parse(given) as AttackSpec;
const report = await attacks[spec.kind](new URL(address), spec as never);
process.stdout.write(`${JSON.stringify(report)}\n`, () => process.exit(0));
