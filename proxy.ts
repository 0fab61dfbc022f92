import { type NextRequest, NextResponse } from "next/server";
import { env } from "@/lib/env";

// sonner adds its style sheet by script and knows no nonce: the element is empty first, then holds a constant text.
const sonnerStyles =
  "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' 'sha256-StEaX+se6YS7pqjzrzMIA0KaX9zF/8zAhvQXZAe5epY='";

/**
 * Gives each page its nonce and its content security policy. API routes are left out on purpose: Next cuts request
 * bodies at 10 MB wherever a proxy runs, and answers 200.
 */
export function proxy(request: NextRequest) {
  const nonce = Buffer.from(crypto.randomUUID()).toString("base64");
  const development = process.env.NODE_ENV !== "production";
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    // The development server injects its own style elements without a nonce.
    development ? "style-src-elem 'self' 'unsafe-inline'" : `style-src-elem 'self' 'nonce-${nonce}' ${sonnerStyles}`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");

  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("x-pathname", request.nextUrl.pathname + request.nextUrl.search);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  // Only of this host: others of the domain are not ours to decide.
  if (env().FAULTLINE_URL.startsWith("https:")) response.headers.set("strict-transport-security", "max-age=31536000");
  return response;
}

export const config = {
  // Whole names: what only begins like one of them is a page, if only the one that says that there is nothing.
  matcher: ["/((?!api/|_next/static/|_next/image$|icon\\.svg$).*)"],
};
