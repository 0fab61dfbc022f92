"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { setNonce } from "get-nonce";
import { type ReactNode, useEffect, useState } from "react";
import { joinStream } from "@/components/live/channel";
import { Toasts } from "@/components/ui/toasts";

/** What every page of the application shares on the client: the query cache, the live stream and toasts. */
export function Providers({ nonce, children }: { nonce: string; children: ReactNode }) {
  // Radix adds a style element for its scroll lock and asks get-nonce for the page's nonce. That is the first one: a
  // refresh brings another, which this document's policy does not know.
  useState(() => nonce && setNonce(nonce));
  const [client] = useState(
    () => new QueryClient({ defaultOptions: { queries: { staleTime: 10_000, retry: 1, refetchOnWindowFocus: true } } }),
  );
  useEffect(joinStream, []);

  return (
    <QueryClientProvider client={client}>
      {children}
      <Toasts />
    </QueryClientProvider>
  );
}
