/**
 * The path of a call without what varies in it, for logs and metrics. Callers that know their route pass its template;
 * this guess serves the others and errs on the side of hiding: only short plain words are shown.
 */
export function pathTemplateOf(path: string): string {
  return path
    .split("/")
    .map((segment) => (segment === "" || /^(v\d{1,2}|[a-z][a-z_-]{0,23})$/i.test(segment) ? segment : "{}"))
    .join("/");
}
