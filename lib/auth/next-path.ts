const HERE = "http://here.invalid";

/**
 * Where to go after signing in: a path of ours, or "/". Parsed as a browser does, because `//host`, `/\host` and
 * tabs inside the path all lead elsewhere.
 */
export function safePath(next: unknown): string {
  if (typeof next !== "string" || !next.startsWith("/") || !URL.canParse(next, HERE)) return "/";
  const { origin, pathname, search, hash } = new URL(next, HERE);
  // A path can begin with two slashes once its dot segments are gone.
  return origin === HERE && !pathname.startsWith("//") ? pathname + search + hash : "/";
}
