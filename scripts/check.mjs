import { requireNode } from "./lib/node-version.mjs";

requireNode();
// After the check: an old Node could not even read the rest.
import("./lib/check-command.mjs").then(({ checkCommand }) => checkCommand());
