"use client";

import { Input } from "@/components/ui/input";

type Props = {
  id?: string;
  "aria-describedby"?: string;
  "aria-invalid"?: boolean;
  required?: boolean;
  /** ISO, with its zone. */
  value: string;
  onChange: (value: string) => void;
};

/** A date and a time, typed as it is here, and kept with the zone that makes it a moment. */
export function MomentInput({ value, onChange, ...control }: Props) {
  const moment = new Date(value);
  const local = Number.isNaN(moment.getTime()) ? "" : inZone(moment).slice(0, 16);
  return (
    <div className="flex items-center gap-2">
      <Input
        {...control}
        type="datetime-local"
        value={local}
        onChange={({ target }) => onChange(target.value === "" ? "" : inZone(new Date(target.value)))}
      />
      <span className="shrink-0 text-meta text-muted">{zoneName()}</span>
    </div>
  );
}

const two = (number: number) => String(number).padStart(2, "0");

/** As the clock on the wall shows it, with how far that is from UTC. */
function inZone(moment: Date): string {
  const minutes = -moment.getTimezoneOffset();
  const zone = `${minutes < 0 ? "-" : "+"}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
  const date = [moment.getFullYear(), two(moment.getMonth() + 1), two(moment.getDate())].join("-");
  return `${date}T${two(moment.getHours())}:${two(moment.getMinutes())}:00${zone}`;
}

const zoneName = () =>
  new Intl.DateTimeFormat("en", { timeZoneName: "short" })
    .formatToParts(new Date())
    .find(({ type }) => type === "timeZoneName")?.value ?? "";
