import type { Row } from "./expect";
import type { Things } from "./world";

/**
 * The reviewed table of server actions: file, then name. `args` are those of a call that succeeds. An action without a
 * row fails the test; so does a row without an action.
 */
export const actions: Record<string, Record<string, Row & { args: (things: Things) => unknown[] }>> = {};
