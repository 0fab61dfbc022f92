import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { EnvError, readEnv, variables } from "./env";
import { exampleFile } from "./env-example";

const good = {
  DATABASE_URL: "postgresql://a:b@localhost/c",
  FAULTLINE_KEYS: `k1:${Buffer.alloc(32, 7).toString("base64")}`,
  NEXTAUTH_SECRET: "x".repeat(32),
};

describe("the environment", () => {
  it("[K10] accepts the least that is needed and fills in the defaults", () => {
    expect(readEnv(good)).toMatchObject({
      PORT: 3000,
      FAULTLINE_URL: "http://localhost:3000",
      FAULTLINE_LIMIT_IMPORT: 600,
    });
  });

  it("[K10] takes links from FAULTLINE_URL, without a trailing slash", () => {
    expect(readEnv({ ...good, FAULTLINE_URL: "https://f.example/" }).FAULTLINE_URL).toBe("https://f.example");
  });

  it.each(["DATABASE_URL", "FAULTLINE_KEYS", "NEXTAUTH_SECRET"] as const)(
    "[F5] refuses to start without %s, and says what it is for with an example",
    (name) => {
      const refusal = () => readEnv({ ...good, [name]: undefined });
      expect(refusal).toThrow(EnvError);
      expect(refusal).toThrow(`${name} is missing`);
      expect(refusal).toThrow(variables[name].purpose);
      expect(refusal).toThrow(`${name}=${variables[name].example}`);
    },
  );

  it.each([
    ["DATABASE_URL", "mysql://x"],
    ["FAULTLINE_KEYS", "k1:short"],
    ["NEXTAUTH_SECRET", "short"],
    ["PORT", "70000"],
    ["FAULTLINE_URL", "javascript:alert(1)"],
    ["FAULTLINE_LIMIT_SIGN_IN", "many"],
    ["FAULTLINE_ALLOW_PRIVATE_NETWORKS", "10.0.0.0/8,10.1.2.3/33"],
    ["FAULTLINE_ALLOW_PRIVATE_NETWORKS", "https://gitlab.internal"],
  ])("[K10] names a malformed %s", (name, value) => {
    expect(() => readEnv({ ...good, [name]: value })).toThrow(name);
  });

  it("[K10] names all that is wrong at once", () => {
    expect(() => readEnv({})).toThrow(/DATABASE_URL[\s\S]*FAULTLINE_KEYS[\s\S]*NEXTAUTH_SECRET/);
  });

  it.each(Object.keys(variables))("[K10] accepts the example of %s", (name) => {
    const { schema, example } = variables[name as keyof typeof variables]; // a key of the table itself
    expect(schema.safeParse(example).success).toBe(true);
  });

  it("[K10] lists every variable in .env.example", () => {
    expect(readFileSync(".env.example", "utf8")).toBe(exampleFile());
  });
});
