import { violations } from "./lib/direction.mjs";

// Part of `npm run check`: the direction of dependency, and what one place alone may do.
const found = violations();
for (const sentence of found) console.error(sentence);
process.exitCode = found.length > 0 ? 1 : 0;
