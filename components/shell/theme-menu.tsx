"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { MenuItem, MenuLabel } from "@/components/ui/menu";

const choices = [
  { value: "system", label: "System", icon: Monitor },
  { value: "light", label: "Light", icon: Sun },
  { value: "dark", label: "Dark", icon: Moon },
];

function choose(value: string) {
  if (value === "system") localStorage.removeItem("theme");
  else localStorage.setItem("theme", value);
  // The script in the head listens to this event; browsers send it to other tabs only.
  dispatchEvent(new Event("storage"));
}

/** The menu entries that choose light, dark or what the system has. */
export const ThemeItems = () => (
  <>
    <MenuLabel>Theme</MenuLabel>
    {choices.map(({ value, label, icon: Icon }) => (
      <MenuItem key={value} onSelect={() => choose(value)}>
        <Icon aria-hidden /> {label}
      </MenuItem>
    ))}
  </>
);
