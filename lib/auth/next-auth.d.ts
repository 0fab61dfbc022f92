import "next-auth";
import "next-auth/jwt";

declare module "next-auth" {
  interface User {
    id: string;
    /** The Session row that this sign-in opened. */
    sid: string;
  }

  interface Session {
    /** Absent when the session was revoked. */
    user?: { id: string; name: string; email: string };
  }
}

declare module "next-auth/jwt" {
  interface JWT {
    sid?: string;
  }
}
