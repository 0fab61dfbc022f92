import { requireNode } from "./lib/node-version.mjs";

requireNode();
// After the check: an old Node could not even read the rest.
import("./lib/test-command.mjs").then(({ testCommand }) => testCommand(process.argv.slice(2)));
