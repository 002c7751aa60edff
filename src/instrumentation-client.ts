/** What a browser runs of us before anything else: Next and React find the policies for what they set. */
import './ui/shell/trusted-types.ts';
