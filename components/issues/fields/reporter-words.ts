import type { ReporterForm } from "@/lib/issues/form/reporter-field";
import { keyOf, shownIn, type Typed } from "./keys";
import type { useTrackerForm } from "./use-tracker-form";

type Tracked = Pick<ReturnType<typeof useTrackerForm>, "form" | "reporter">;

/** In whose name an issue will be filed, and why. Null: the tracker's form does not say, and the key's owner it is. */
export function reporterWords({ form, reporter }: Tracked, typed: Typed, tracker: string) {
  const field = form?.fields.find(({ role }) => role === "reporter");
  if (!form || !field) return null;
  const shown = shownIn(field, form, typed);
  const name = typeof shown === "object" && shown !== null && "name" in shown ? String(shown.name) : null;
  if (Object.hasOwn(typed, keyOf(field, form)) && name) return { name, why: "you have chosen them" };
  if (!reporter) return null;
  return { name, why: whyOf(reporter.by, tracker) };
}

function whyOf(by: ReporterForm["by"], tracker: string): string {
  if (by === "email") return `your e-mail address is theirs in ${tracker}`;
  if (by === "name") return `your full name is theirs alone in ${tracker}`;
  if (by === "hand") return "an administrator has said that this is you";
  return `nobody in ${tracker} has your e-mail address, or alone your full name`;
}
