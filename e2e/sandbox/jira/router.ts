import type { Answer } from "../faults";
import type { Call, Routes } from "./call";
import { Refusal } from "./refusal";

/** Finds the operation of a path below the API's root. */
export function router(routes: Routes) {
  const table = Object.entries(routes)
    .map(([name, handler]) => {
      const [method = "", path = ""] = name.split(" ");
      const pattern = new RegExp(`^${path.replace(/:(\w+)/g, "(?<$1>[^/]+)")}/?$`);
      return { method, pattern, handler, wildcards: path.split(":").length };
    })
    // The most literal wins: /issue/createmeta before /issue/:issue.
    .sort((a, b) => a.wildcards - b.wildcards);

  return async (call: Omit<Call, "params">, path: string): Promise<Answer | null> => {
    for (const { method, pattern, handler } of table) {
      const found = method === call.request.method ? pattern.exec(path) : null;
      if (!found) continue;
      const params = Object.fromEntries(
        Object.entries(found.groups ?? {}).map(([key, value]) => [key, decoded(value)]),
      );
      try {
        return await handler({ ...call, params });
      } catch (error) {
        if (error instanceof Refusal) return error.answer();
        throw error;
      }
    }
    return null;
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
