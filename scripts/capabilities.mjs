import { capabilities } from "./lib/capabilities.mjs";

// Part of `npm test`: every row that is declared done has a test that names it.
const { remarks, failures } = capabilities();
for (const sentence of remarks) console.log(`  ${sentence}`);
for (const sentence of failures) console.error(`  ${sentence}`);
process.exitCode = failures.length > 0 ? 1 : 0;
