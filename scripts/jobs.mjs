import { requireNode } from "./lib/node-version.mjs";

requireNode();
// After the check: an old Node could not even read the rest.
import("./lib/jobs-command.mjs").then(({ jobsCommand }) => jobsCommand(process.argv.slice(2)));
