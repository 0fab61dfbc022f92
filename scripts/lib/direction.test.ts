import { describe, expect, it } from "vitest";
import { violationsOf } from "./direction.mjs";

describe("the direction of dependency", () => {
  it.each([
    ["lib/db/x.ts", 'import { a } from "@/lib/issues/create";', "upward"],
    ["lib/auth/x.ts", 'import { a } from "../issues/create";', "upward"],
    ["lib/issues/x.ts", 'import { a } from "@/app/page";', "lib knows no page"],
    ["lib/issues/x.ts", 'const a = await import("@/inngest/functions/create-issue");', "never imports a function"],
    ["lib/issues/x.ts", 'import { respond } from "@/lib/boundary";', "for app alone"],
    ["lib/trackers/github/x.ts", 'import { a } from "@/lib/trackers/gitlab/map";', "never imports another"],
    ["lib/trackers/github/x.ts", 'import { prisma } from "@/lib/db/client";', "know no database"],
    ["components/ui/x.tsx", 'import { prisma } from "@/lib/db/client";', "components import types"],
    ["lib/richtext/x.ts", 'import { readFileSync } from "node:fs";', "pure"],
    ["app/x.ts", 'import { start } from "@/e2e/sandbox/start";', "around it"],
    ["app/x.ts", "const url = process.env.DATABASE_URL;", "only lib/env.ts"],
    ["lib/issues/x.ts", "const pool = new pg.Pool();", "only lib/db/client.ts"],
    ["app/x.tsx", 'if (provider === "github") show();', "provider's name"],
    ["lib/issues/x.ts", 'switch (p) { case "jira-cloud": break; }', "provider's name"],
    ["lib/issues/x.ts", 'import { people } from "../workspaces/test-people";', "only tests import that"],
    ["lib/issues/x.ts", "x;\n".repeat(401), "400 is the most"],
  ])("refuses in %s: %s", (file, text, sentence) => {
    expect(violationsOf(file, text).join("\n")).toContain(sentence);
  });

  it.each([
    ["lib/issues/x.ts", 'import { prisma } from "@/lib/db/client";\nimport { send } from "@/inngest/outbox";'],
    ["lib/trackers/github/x.ts", 'import { transport } from "@/lib/http/transport";\nimport { a } from "./map";'],
    [
      "components/ui/x.tsx",
      'import type { Issue } from "@/lib/issues/shapes";\nimport { toText } from "@/lib/richtext/to-text";',
    ],
    ["app/x/route.ts", 'import { respond } from "@/lib/boundary";\nimport { create } from "@/lib/issues/create";'],
    ["inngest/functions/x.ts", 'import { create } from "@/lib/issues/create";'],
    ["app/x/route.ts", 'import { testConnection } from "@/lib/integrations/test-connection";'],
    ["lib/issues/test-scene.ts", 'import { start } from "@/inngest/embedded/testing";'],
    ["lib/env.ts", "readEnv(process.env)"],
    ["instrumentation.ts", 'if (process.env.NEXT_RUNTIME === "nodejs") start();'],
  ])("allows in %s: %s", (file, text) => {
    expect(violationsOf(file, text)).toEqual([]);
  });
});
