import { z } from "zod";

const startedSchema = z.object({ github: z.object({ apiUrl: z.string(), token: z.string() }) });
const callsSchema = z.array(
  z.object({ at: z.string(), method: z.string(), path: z.string(), body: z.unknown().optional() }),
);

/** The local GitHub that runs beside the benchmark, and the calls that have reached it. */
export function besideSandbox() {
  const { github } = startedSchema.parse(JSON.parse(process.env.FAULTLINE_BENCH_SANDBOX ?? "{}"));
  const calls = async () => callsSchema.parse(await (await fetch(`${github.apiUrl}/_sandbox/calls`)).json());
  return { ...github, calls };
}
