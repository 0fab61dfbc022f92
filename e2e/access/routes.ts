import type { Row } from "./expect";
import type { Things } from "./world";

type Request = { params?: Record<string, string>; query?: Record<string, string>; body?: unknown };

/** The reviewed table of routes. A route without a row fails the test; so does a row without a route. */
export const routes: Record<string, Row & { request?: (things: Things) => Request }> = {
  "GET /api/health/live": { level: "anyone" },
  "GET /api/health/ready": { level: "anyone" },
  "GET /api/events": { level: "signedIn" },
};

/** Route files without a contract, and why. */
export const withoutContract: Record<string, string> = {
  "app/api/auth/[...nextauth]/route.ts": "next-auth's own handler, with its own CSRF token",
  "app/api/inngest/route.ts": "the Inngest SDK's handler; it accepts signed calls only",
};
