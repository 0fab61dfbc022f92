// architecture.md, "Direction": a file imports from its own layer and the ones below it, never upward.

/** The layers from the bottom up; the first pattern that fits a path decides. */
const layers = [
  [/^lib\/(errors|env|log|redact|shutdown)\.ts$/, 0],
  [/^lib\/richtext\//, 0],
  // Pure; env.ts checks the operator's allow-list with it.
  [/^lib\/http\/addresses\.ts$/, 0],
  [/^lib\/boundary\.ts$/, 4],
  [/^lib\/(db|http)\//, 1],
  [/^lib\/(auth|trackers|crypto|audit|events)\//, 2],
  [/^lib\/(limits|contract)\.ts$/, 2],
  // Leaves that lib imports to send an event, and the executor, which knows no noun of ours; it is put together with the
  // functions in start.ts.
  [/^inngest\/embedded\/(start|testing)\.ts$/, 4],
  [/^inngest\/([^/]+\.ts$|embedded\/)/, 2],
  [/^lib\//, 3],
  [/^inngest\//, 4],
  [/^components\//, 4],
  [/^app\//, 5],
  // What Next reads at the root: proxy, instrumentation.
  [/^[^/]+$/, 5],
];

/** The layer of a file of the product, or undefined for scripts, tests and the like. */
export const layerOf = (file) => layers.find(([pattern]) => pattern.test(file))?.[1];

/** Imports that the layers alone would allow. A rule is broken where `from` and `to` fit and `unless` does not. */
export const rules = [
  { from: /^lib\//, to: /^(app|components)\//, says: "lib knows no page" },
  {
    from: /^lib\//,
    to: /^inngest\/(functions|embedded)\//,
    unless: /^inngest\/embedded\/(control|config)$/,
    says: "lib sends events and never imports a function",
  },
  { from: /^(lib|inngest)\//, to: /^lib\/boundary$/, says: "boundary.ts is for app alone" },
  {
    from: /^components\//,
    to: /^(lib|inngest|app)\//,
    // The last ones are pure: words, how a field is read, what a library's frame looks like: browser and server agree on it.
    unless:
      /^lib\/(richtext\/|errors$|results\/(statuses|suite-path)$|issues\/form\/read-value$|triage\/fingerprint\/library$)/,
    typesAreFree: true,
    says: "components import types, lib/richtext and each other",
  },
  {
    from: /^lib\/trackers\//,
    to: /^(lib|inngest)\//,
    unless: /^lib\/(trackers|richtext|http)\/|^lib\/(errors|redact)$/,
    says: "trackers know no database, session, Next or Inngest",
  },
  {
    from: /^lib\/trackers\//,
    to: /^npm:(next|next-auth|inngest|pg|@prisma)(\/|$)/,
    says: "trackers know no database, session, Next or Inngest",
  },
  {
    from: /^lib\/richtext\//,
    to: /^npm:(node:|next|react$)/,
    says: "lib/richtext is pure and runs in the browser too",
  },
  {
    from: /^(app|components|lib|inngest)\/|^[^/]+$/,
    to: /^(bin|e2e|scripts|prisma)\//,
    says: "the product never imports what is around it",
  },
];

/** Things that one place alone may do. */
export const soles = [
  {
    // Next's compiler replaces these names by constants, so they cannot go through lib/env.ts.
    text: /process\.env(?!\.(NODE_ENV|NEXT_RUNTIME|NEXT_PHASE)\b)/,
    // instrumentation.node.ts sets what Inngest's SDK reads there by itself.
    in: /^lib\/env\.ts$|^instrumentation\.node\.ts$|^[^/]+\.config\.(ts|mjs)$|^(bin|scripts|e2e|prisma)\//,
    says: "only lib/env.ts reads process.env",
  },
  {
    text: /new (PrismaClient|pg\.Pool|Pool)\(/,
    in: /^lib\/db\/client\.ts$|^(scripts|e2e|prisma)\//,
    says: "only lib/db/client.ts makes a Prisma client or a pool",
  },
  {
    text: /(?:[!=]==?|\bcase)\s*["'](github|gitlab|jira-cloud|jira-dc|jira|azure-devops|simple-url)["']/,
    in: /^lib\/trackers\/(github|gitlab|jira|azure-devops|simple-url)\/|^lib\/trackers\/registry\.ts$|^prisma\/seed|^(e2e|docs)\//,
    says: "a provider's name is compared only in its own folder",
  },
];
