"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Reads a server-rendered page again from time to time, while somebody looks: for what changes too often to announce. */
export function RefreshEvery({ seconds }: { seconds: number }) {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => document.visibilityState === "visible" && router.refresh(), seconds * 1_000);
    return () => clearInterval(timer);
  }, [router, seconds]);
  return null;
}
