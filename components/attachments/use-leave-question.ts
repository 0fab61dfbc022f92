import { useEffect } from "react";

/** The browser asks before the page is left while files are on their way: they would be lost without a word. */
export function useLeaveQuestion(isOnTheWay: boolean): void {
  useEffect(() => {
    if (!isOnTheWay) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [isOnTheWay]);
}
