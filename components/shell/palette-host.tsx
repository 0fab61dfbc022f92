"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useEffect, useState, useTransition } from "react";
import { usePending } from "@/components/ui/pending";
import type { NavProject } from "./nav";

const Palette = dynamic(() => import("./palette").then((module) => module.Palette), { ssr: false });
const openEvent = "faultline:palette";

/** Opens the palette from anywhere. */
export const openPalette = () => dispatchEvent(new Event(openEvent));

/** Listens for ⌘K and Ctrl+K; the palette's code is loaded at its first use. */
export function PaletteHost(props: { projects: NavProject[]; isAdmin: boolean }) {
  const [open, setOpen] = useState(false);
  const router = useRouter();
  const [isGoing, startGoing] = useTransition();
  usePending(isGoing);

  useEffect(() => {
    // What is typed right after the keys would be lost while the code loads, so it is fetched once the page is at rest.
    const timer = setTimeout(() => void import("./palette"), 1_500);
    return () => clearTimeout(timer);
  }, []);

  useEffect(() => {
    const show = () => setOpen(true);
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey)) return;
      event.preventDefault();
      setOpen((was) => !was);
    };
    addEventListener(openEvent, show);
    addEventListener("keydown", onKey);
    return () => {
      removeEventListener(openEvent, show);
      removeEventListener("keydown", onKey);
    };
  }, []);

  return open ? (
    <Palette {...props} onClose={() => setOpen(false)} onGo={(href) => startGoing(() => router.push(href))} />
  ) : null;
}
