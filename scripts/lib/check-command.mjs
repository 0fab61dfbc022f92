import { runChecks } from "./check.mjs";
import { prepare } from "./prepare.mjs";
import { inSession } from "./session.mjs";

/** Types, style, unused code and the direction of dependency. */
export function checkCommand() {
  return inSession({}, async (session) => {
    await prepare(session);
    const { failed } = await runChecks(session);
    return failed > 0 ? 1 : 0;
  });
}
