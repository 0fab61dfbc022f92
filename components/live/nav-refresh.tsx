"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { onLive } from "./channel";

/** Reads the navigation again when somebody has made a project or given one to the reader. */
export function NavRefresh() {
  const router = useRouter();
  // A gap is left to the page: it comes with every first visit too, and would render each page twice.
  useEffect(() => onLive(({ topic }) => topic === "member" && router.refresh()), [router]);
  return null;
}
