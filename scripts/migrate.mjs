import { requireNode } from "./lib/node-version.mjs";

requireNode();
// After the check: an old Node could not even read the rest.
import("./lib/migrate-command.mjs").then(({ migrateCommand }) => migrateCommand(process.argv.slice(2)));
