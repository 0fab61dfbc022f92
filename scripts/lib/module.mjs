import { pathToFileURL } from "node:url";
import { inRepo } from "./repo.mjs";

/** The arguments of Node that run a TypeScript module of the checkout: tsx, with Next's `server-only` marker satisfied. */
export function tsArgs(file, ...args) {
  const tsx = pathToFileURL(inRepo("node_modules/tsx/dist/loader.mjs")).href;
  return ["--conditions=react-server", "--import", tsx, inRepo(file), ...args];
}
