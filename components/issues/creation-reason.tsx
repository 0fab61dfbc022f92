import { Link } from "@/components/ui/link";
import { Until } from "@/components/ui/until";
import type { CreationView } from "@/lib/issues/shapes";

// The names of the form's own fields; a tracker's other fields are called as it calls them.
const fieldNames = new Map([
  ["title", "Title"],
  ["description", "Description"],
  ["labels", "Labels"],
]);

/** Why a creation waits, stopped or is looked for: in the tracker's words, until when, and who has to act. */
export function CreationReason({ creation }: { creation: CreationView }) {
  const { state, error, knownBy, isUndecided, waitsForAdmin, mendUrl } = creation;
  const isLooking = knownBy !== undefined && !isUndecided;
  if (!error && !isLooking) return null;
  return (
    <div className="flex flex-col gap-1 break-words text-muted">
      {error && <p>{error.message}</p>}
      {error?.fields && (
        <ul className="list-disc pl-4">
          {Object.entries(error.fields).map(([field, message]) => (
            <li key={field}>
              <span className="font-medium text-fg">{fieldNames.get(field) ?? field}</span> {message}
            </li>
          ))}
        </ul>
      )}
      {isLooking && state === "unknown" && (
        <p>
          Faultline looks whether the issue is there all the same, and knows <Until word="by" at={knownBy} />.
        </p>
      )}
      {state === "held" && error?.retryAt && (
        <p>
          It goes on by itself <Until word="at" at={error.retryAt} />. What was typed is kept.
        </p>
      )}
      {waitsForAdmin && (
        <p>
          {mendUrl ? (
            <>
              <Link href={mendUrl}>Mend the integration</Link>, and it goes on by itself.
            </>
          ) : (
            "An administrator of the workspace has to mend this; then it goes on by itself."
          )}{" "}
          What was typed is kept.
        </p>
      )}
    </div>
  );
}
