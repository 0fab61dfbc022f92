import { requireNode } from "./lib/node-version.mjs";

requireNode();
// After the check: an old Node could not even read the rest.
import("./lib/bench-command.mjs").then(({ benchCommand }) => benchCommand(process.argv.slice(2)));
