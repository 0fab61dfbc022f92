import { z } from "zod";
import type { Answer } from "../faults";
import type { IndexLag } from "../index-lag";

const made = z.looseObject({ id: z.number(), number: z.number() });
const list = z.array(made);
const search = z.looseObject({ total_count: z.number(), items: list });

/** Remembers an issue that was made, and leaves it out of lists and searches for as long as their index lags. */
export function lagging(lag: IndexLag, method: string, { pathname, search: query }: URL, answer: Answer): Answer {
  const isListed = /^\/(repos\/[^/]+\/[^/]+|repositories\/\d+)\/issues$/.test(pathname);
  if (answer.status === 201 && method === "POST" && isListed) {
    lag.remember(String(made.parse(JSON.parse(answer.body)).id));
    return answer;
  }
  if (answer.status !== 200 || method !== "GET") return answer;
  const body = (data: unknown) => ({ ...answer, body: JSON.stringify(data) });
  if (isListed) {
    const hides = lag.look("list", pathname + query);
    return body(list.parse(JSON.parse(answer.body)).filter(({ id }) => !hides(String(id))));
  }
  if (pathname !== "/search/issues") return answer;
  const hides = lag.look("search", pathname + query);
  const found = search.parse(JSON.parse(answer.body));
  const items = found.items.filter(({ id }) => !hides(String(id)));
  return body({ ...found, items, total_count: found.total_count - (found.items.length - items.length) });
}
