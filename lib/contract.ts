import type { z } from "zod";
import type { Permission, Scope } from "@/lib/auth/permissions";

/** Who may call: anyone, a signed-in person (token scope), a workspace administrator, or a project member. */
export type Access = "public" | { user: Scope } | "admin" | Permission;

type Shared = {
  access: Access;
  summary: string;
  /** The audit action that a change leaves; reading leaves none. */
  audit?: string;
};

/** What a route accepts and answers; parsing, the access matrix and the API document derive from it. */
export type RouteContract = Shared & {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** With parameters in braces: /api/projects/{projectId}. */
  path: string;
  query?: z.ZodType;
  body?: z.ZodType;
  /** What the answer has on success. A stream or a file has no schema. */
  response?: z.ZodType;
  /** Default 200. */
  status?: number;
  /**
   * It makes something, so that a repetition has to be told from a second request: it takes the header Idempotency-Key.
   * `resumable`: its work recognises by the id that it is given what an interrupted request has done.
   */
  creates?: "once" | "resumable";
  /** It is posted to because what it asks fits no address; it changes nothing. */
  reads?: true;
  /** The handler proves by other means that no foreign page sends this: a signature, or next-auth's own token. */
  checksOriginItself?: true;
};

/** What a server action accepts. */
export type ActionContract = Shared & { input: z.ZodType };
