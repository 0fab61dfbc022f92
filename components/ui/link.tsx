"use client";

import NextLink, { useLinkStatus } from "next/link";
import type { ComponentProps } from "react";
import { usePending } from "./pending";

/** A link to a page of ours. While the page is on its way, the line at the top says so. */
export const Link = ({ children, ...rest }: ComponentProps<typeof NextLink>) => (
  <NextLink {...rest}>
    {children}
    <Pending />
  </NextLink>
);

function Pending() {
  usePending(useLinkStatus().pending);
  return null;
}
