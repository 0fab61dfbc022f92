"use client";

import { Search } from "lucide-react";
import { useId, useState } from "react";
import { cn } from "@/components/ui/cn";
import { Input } from "@/components/ui/input";
import type { ProviderForm } from "@/lib/integrations/provider-forms";
import { TrackerMark } from "./tracker-mark";

type Props = { providers: ProviderForm[]; chosen: ProviderForm; onChoose: (provider: ProviderForm) => void };

/** The trackers to choose from; the search narrows them by name and by what they say of their address. */
export function ProviderCards({ providers, chosen, onChoose }: Props) {
  const [text, setText] = useState("");
  const name = useId();
  const wanted = text.trim().toLowerCase();
  const found = providers.filter(({ label, location }) => `${label} ${location.help}`.toLowerCase().includes(wanted));
  return (
    <fieldset>
      <legend className="mb-1 font-medium">Tracker</legend>
      {providers.length > 3 && (
        <div className="relative mb-2">
          <Search className="absolute top-2 left-2.5 size-4 text-muted" aria-hidden />
          <Input
            type="search"
            value={text}
            aria-label="Find a tracker"
            placeholder="Find a tracker"
            className="pl-8"
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => {
              const [only] = found;
              if (event.key !== "Enter") return;
              event.preventDefault();
              if (only) onChoose(only);
            }}
          />
        </div>
      )}
      <div className="grid gap-2 sm:grid-cols-2">
        {found.map((provider) => (
          <label
            key={provider.id}
            className={cn(
              "flex cursor-pointer items-start gap-2.5 rounded-md border px-3 py-2.5 hover:bg-hover has-focus-visible:outline-2 has-focus-visible:outline-accent",
              provider.id === chosen.id ? "border-accent bg-selected" : "border-line-strong",
            )}
          >
            <input
              type="radio"
              name={name}
              checked={provider.id === chosen.id}
              onChange={() => onChoose(provider)}
              aria-labelledby={`${name}-${provider.id}`}
              aria-describedby={`${name}-${provider.id}-help`}
              className="sr-only"
            />
            <TrackerMark label={provider.label} />
            <span className="min-w-0">
              <span id={`${name}-${provider.id}`} className="block font-medium">
                {provider.label}
              </span>
              <span id={`${name}-${provider.id}-help`} className="block text-meta text-muted">
                {provider.location.help}
              </span>
            </span>
          </label>
        ))}
      </div>
      <p className="text-muted" role="status">
        {found.length === 0 && `No tracker is called “${text.trim()}”.`}
      </p>
    </fieldset>
  );
}
