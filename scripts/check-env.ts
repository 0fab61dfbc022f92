import { EnvError, readEnv } from "@/lib/env";

// Run by `npm start` before it builds: the sentences of lib/env.ts, without a stack.
try {
  readEnv(process.env);
} catch (error) {
  if (!(error instanceof EnvError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
