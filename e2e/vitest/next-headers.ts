import { AsyncLocalStorage } from "node:async_hooks";

type Cookie = { name: string; value: string };
type Jar = {
  getAll(): Cookie[];
  get(name: string): Cookie | undefined;
  set(name: string, value: string): void;
  delete(name: string): void;
};

const current = new AsyncLocalStorage<Headers>();

/** Runs the work as Next would run it inside of a request with these headers. */
export const withHeaders = <T>(headers: Headers, work: () => T): T => current.run(headers, work);

/** Stands in for next/headers, which only works inside of Next's own server. */
export async function headers(): Promise<Headers> {
  return current.getStore() ?? new Headers();
}

export async function cookies(): Promise<Jar> {
  const all = ((await headers()).get("cookie") ?? "")
    .split(/;\s*/)
    .filter(Boolean)
    .map((pair) => ({
      name: pair.slice(0, pair.indexOf("=")),
      value: decodeURIComponent(pair.slice(pair.indexOf("=") + 1)),
    }));
  return { getAll: () => all, get: (name) => all.find((cookie) => cookie.name === name), set() {}, delete() {} };
}
