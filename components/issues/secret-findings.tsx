"use client";

import { KeyRound } from "lucide-react";
import { useId } from "react";
import { Confirm } from "@/components/ui/confirm";
import { Switch } from "@/components/ui/switch";
import type { Finding } from "@/lib/richtext/outgoing";

type Props = {
  findings: readonly Finding[];
  /** Of what is sent as it is, by their ids. */
  revealed: readonly string[];
  onChange: (revealed: string[]) => void;
  /** The place that everybody can read, where it goes to one. */
  publicPlace: string | null;
};

const places: Record<Finding["place"], string> = {
  title: "in the title",
  description: "in the text",
  label: "in a label",
  file: "in the name of a file",
};

/** What looks like a secret: masked, unless somebody wants each of them to be sent as it is. */
export function SecretFindings({ findings, revealed, onChange, publicPlace }: Props) {
  const heading = useId();
  if (findings.length === 0) return null;
  // The same secret in several places is one decision.
  const secrets = [...new Set(findings.map(({ id }) => id))].map((id) => findings.filter((one) => one.id === id));
  const masked = secrets.filter(([first]) => first && !first.isRevealed).length;
  const set = (id: string, isOn: boolean) => onChange(isOn ? [...revealed, id] : revealed.filter((one) => one !== id));
  return (
    <section aria-labelledby={heading} className="rounded-md border border-line-strong px-3 py-2">
      <p id={heading} role="status" className="flex items-center gap-1.5 font-medium">
        <KeyRound className="size-3.5 shrink-0 text-flaky" aria-hidden />
        {secrets.length === 1 ? "This looks like a secret" : `${secrets.length} of these look like secrets`}
        <span className="font-normal text-muted">
          {masked === secrets.length ? "masked before it is sent" : `${masked} masked, ${secrets.length - masked} sent`}
        </span>
      </p>
      <ul className="mt-1 flex max-h-44 flex-col overflow-y-auto">
        {secrets.map(
          ([first, ...more]) =>
            first && (
              <SecretRow
                key={first.id}
                finding={first}
                more={more.length}
                publicPlace={publicPlace}
                onChange={(isOn) => set(first.id, isOn)}
              />
            ),
        )}
      </ul>
    </section>
  );
}

type RowProps = {
  finding: Finding;
  /** In how many other places it stands. */
  more: number;
  publicPlace: string | null;
  onChange: (isRevealed: boolean) => void;
};

function SecretRow({ finding, more, publicPlace, onChange }: RowProps) {
  const { id, hint, place, where, isRevealed } = finding;
  const name = useId();
  const label = `Send this ${hint} as it is`;
  return (
    <li className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-0.5 py-1">
      <span className="min-w-0 flex-1 basis-52">
        <span className="font-medium">{hint}</span>{" "}
        <span className="text-muted">
          {places[place]}
          {more > 0 && ` and ${more} more ${more === 1 ? "place" : "places"}`}
        </span>
        <code className="block truncate font-mono text-code text-muted" title={where}>
          {where}
        </code>
      </span>
      <span className="flex items-center gap-2">
        <label htmlFor={`${name}-${id}`} className="text-meta">
          Send it as it is
        </label>
        {publicPlace ? (
          <ConfirmedSwitch
            id={`${name}-${id}`}
            label={label}
            hint={hint}
            place={publicPlace}
            isOn={isRevealed}
            onChange={onChange}
          />
        ) : (
          <Switch id={`${name}-${id}`} aria-label={label} checked={isRevealed} onCheckedChange={onChange} />
        )}
      </span>
    </li>
  );
}

type ConfirmedProps = {
  id: string;
  label: string;
  hint: string;
  place: string;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
};

/** In a public place it cannot be taken back: whoever reads it has it. One switch for both, so that the focus stays. */
const ConfirmedSwitch = ({ id, label, hint, place, isOn, onChange }: ConfirmedProps) => (
  <Confirm
    danger
    trigger={
      <Switch
        id={id}
        aria-label={label}
        checked={isOn}
        onClick={(event) => {
          if (!isOn) return;
          // Off again is safe, and not asked for.
          event.preventDefault();
          onChange(false);
        }}
      />
    }
    title={`Publish this ${hint}?`}
    consequence={`${place} is public: everybody on the internet can read it there, and copies stay when it is deleted.`}
    action={`Publish it in ${place}`}
    onConfirm={() => onChange(true)}
  />
);
