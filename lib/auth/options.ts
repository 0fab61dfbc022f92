import type { NextAuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { origin } from "./actor";
import { credentialsInput } from "./input";
import { endSession, isOpen } from "./sessions";
import { signIn } from "./sign-in";

type Given = {
  headers: Headers;
  /** next-auth turns every error into a redirect; this tells the route the one that happened. */
  onRefused: (error: AppError) => void;
};

/** next-auth for one request. Sessions are JWTs that name a row, so that each can be revoked. */
export const authOptions = ({ headers, onRefused }: Given): NextAuthOptions => ({
  secret: env().NEXTAUTH_SECRET,
  useSecureCookies: env().FAULTLINE_URL.startsWith("https:"),
  session: { strategy: "jwt", maxAge: env().FAULTLINE_SESSION_SECONDS },
  pages: { signIn: "/sign-in", error: "/sign-in", signOut: "/account/sessions" },
  providers: [
    Credentials({
      credentials: { email: { type: "email" }, password: { type: "password" } },
      async authorize(credentials) {
        const parsed = credentialsInput.safeParse(credentials);
        if (!parsed.success) return null;
        try {
          const { sid, userId, name, email } = await signIn(parsed.data, origin(headers));
          return { id: userId, name, email, sid };
        } catch (error) {
          if (error instanceof AppError && error.kind !== "unauthenticated") onRefused(error);
          return null;
        }
      },
    }),
  ],
  callbacks: {
    jwt: ({ token, user }) => (user ? { ...token, sid: user.sid } : token),
    async session({ session, token }) {
      if (!(await isOpen(token.sid))) return { expires: session.expires };
      return { ...session, user: { id: token.sub ?? "", name: token.name ?? "", email: token.email ?? "" } };
    },
  },
  events: {
    signOut: ({ token }) => endSession(token.sid, origin(headers)),
  },
  // Its own logger prints whole error objects, which may hold a request body.
  logger: {
    error: (code) => log.error({ code }, "next-auth"),
    warn: (code) => log.warn({ code }, "next-auth"),
    debug: () => {},
  },
});
