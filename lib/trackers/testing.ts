import type { Site } from "./tracker";

/** A site with a token, for tests; the transport is the test's own. */
export const siteOf = (baseUrl: string, token: string): Omit<Site, "fetch"> => ({
  baseUrl,
  credential: { type: "pat", values: { token } },
  settings: {},
});
