/** Next's client entry: creates the Trusted Types policies before React and Next use them. */
import './ui/shell/trusted-types.ts';
