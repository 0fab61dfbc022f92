type Server = { url: string; eventKey?: string | undefined; signingKey?: string | undefined };

/** Makes this process a client of that server. To be called before anything reads the environment. */
export function becomeClientOf({ url, eventKey, signingKey }: Server): void {
  Object.assign(process.env, {
    FAULTLINE_INNGEST: "external",
    INNGEST_BASE_URL: url,
    INNGEST_EVENT_KEY: eventKey ?? "conformance",
    // A development server signs nothing.
    INNGEST_DEV: signingKey ? "0" : url,
    ...(signingKey && { INNGEST_SIGNING_KEY: signingKey }),
  });
}
