import type { Metadata } from "next";

export const metadata: Metadata = { title: "Nothing here" };

/** Inside the application the frame stays around it. */
export { NothingHere as default } from "@/components/shell/nothing-here";
