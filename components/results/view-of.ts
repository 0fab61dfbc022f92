import type { Run } from "@/lib/results/shapes";

export type View = "problems" | "results";

/** Something in the run failed, at least at first. */
export const hasFailures = ({ failed, error, flaky }: Run["totals"]): boolean => failed + error + flaky > 0;

/** Which of a run's two views an address shows. A run in which something failed opens folded into problems. */
export function viewOf(params: Pick<URLSearchParams, "get">, isRed: boolean): View {
  const view = params.get("view");
  if (view === "results" || view === "problems") return view;
  if (params.get("group")) return "problems";
  // Issues and mails name a result, and nothing else: its address shows it as it always did.
  if (["result", "status", "q"].some((name) => params.get(name))) return "results";
  return isRed ? "problems" : "results";
}
