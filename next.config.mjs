import path from "node:path";

/** @type {import('next').NextConfig} */
export default {
  // Tests and the demo build into folders of their own, so that neither disturbs a running server.
  distDir: process.env.FAULTLINE_DIST_DIR ?? ".next",
  outputFileTracingRoot: import.meta.dirname,
  turbopack: { root: path.resolve(import.meta.dirname) },
  poweredByHeader: false,
  reactStrictMode: true,
  serverExternalPackages: [
    ...["pg", "pg-copy-streams", "inngest", "@node-rs/argon2", "pino", "undici"],
    // The trackers' clients are large, and loaded by the first call alone.
    ...["jira.js", "azure-devops-node-api", "@gitbeaker/rest"],
  ],
  async rewrites() {
    return [
      { source: "/api/v1/:path*", destination: "/api/:path*" },
      // Browsers ask for it by this name now and then, whatever the page says.
      { source: "/favicon.ico", destination: "/icon.svg" },
    ];
  },
  async headers() {
    return [
      {
        source: "/:path*",
        headers: [
          { key: "X-Content-Type-Options", value: "nosniff" },
          { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
          { key: "X-Frame-Options", value: "DENY" },
          { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=()" },
          { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
        ],
      },
    ];
  },
};
