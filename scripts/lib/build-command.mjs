import { prepare } from "./prepare.mjs";
import { inSession } from "./session.mjs";

/** Packages, Prisma client and build, without starting anything. */
export const buildCommand = () => inSession({}, (session) => prepare(session, { withBuild: true }));
