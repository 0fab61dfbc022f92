import path from "node:path";
import { callRoute } from "./call";
import { appFiles, root } from "./files";

type Handler = Parameters<typeof callRoute>[0];

const modules = await Promise.all(
  appFiles("app/api", "route.ts")
    // Last comes what answers to everything.
    .sort((a, b) => Number(a.includes("[...")) - Number(b.includes("[...")))
    .map(async (file) => {
      const handlers: Record<string, Handler> = await import(path.join(root, file));
      const names = [...file.matchAll(/\[(?:\.\.\.)?(\w+)\]/g)].map(([, name = ""]) => name);
      const address = path
        .dirname(file)
        .replace(/^app/, "")
        .replace(/\[\.\.\.\w+\]/g, "(.+)")
        .replace(/\[\w+\]/g, "([^/]+)");
      return { handlers, names, pattern: new RegExp(`^${address}$`) };
    }),
);

/** Calls the API by its addresses, as a program does, without a server. */
export async function callApi(headers: Headers, method: string, address: string, body?: unknown): Promise<Response> {
  const { pathname, searchParams } = new URL(address, "http://localhost");
  for (const { handlers, names, pattern } of modules) {
    const values = pattern.exec(pathname)?.slice(1);
    const handler = handlers[method];
    if (!values || !handler) continue;
    const params = Object.fromEntries(names.map((name, i) => [name, values[i] ?? ""]));
    const query = Object.fromEntries(searchParams);
    return callRoute(handler, headers, { method, path: pathname, params, query, body });
  }
  throw new Error(`${method} ${pathname} is no route.`);
}
