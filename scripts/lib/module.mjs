import { pathToFileURL } from "node:url";
import { inRepo } from "./repo.mjs";

const tsx = pathToFileURL(inRepo("node_modules/tsx/dist/loader.mjs")).href;

/** The arguments of Node that run a TypeScript module of the checkout. */
export const tsArgs = (file, ...args) => ["--import", tsx, inRepo(file), ...args];

/** The same for one that imports the product's verbs: Next's marker `server-only` throws without this condition. */
export const serverArgs = (file, ...args) => ["--conditions=react-server", ...tsArgs(file, ...args)];
