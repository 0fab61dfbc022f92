import { readFileSync } from "node:fs";
import { z } from "zod";

const requestSchema = z.object({
  method: z.string(),
  url: z.string(),
  headers: z.record(z.string(), z.string()),
  body: z.unknown(),
});
const lineSchema = z.object({ ts: z.number(), req: requestSchema });

/** One request of a recording, as it was sent. */
export type Recorded = z.infer<typeof requestSchema>;

/** The requests of a recording in the order of their sending; each line holds one exchange. */
export const readRecording = (file: string): Recorded[] =>
  readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => lineSchema.parse(JSON.parse(line)))
    .sort((a, b) => a.ts - b.ts)
    .map(({ req }) => req);

const callSchema = z.object({
  ctx: z.object({ run_id: z.string(), attempt: z.number() }),
  event: z.object({ name: z.string(), data: z.record(z.string(), z.unknown()) }),
});

/** The calls of each run, in their order. */
export function byRun(requests: readonly Recorded[]): Recorded[][] {
  const runs = new Map<string, Recorded[]>();
  for (const request of requests) {
    if (request.method !== "POST") continue;
    const { ctx } = callSchema.parse(request.body);
    runs.set(ctx.run_id, [...(runs.get(ctx.run_id) ?? []), request]);
  }
  return [...runs.values()];
}
