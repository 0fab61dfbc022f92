"use client";

import { RotateCw } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Page } from "@/components/ui/page";

/** What a page shows when it could not be made. Nothing that was typed elsewhere is lost. */
export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <Page>
      <Notice
        tone="error"
        title="This page could not be shown"
        action={
          <Button size="sm" onClick={reset}>
            <RotateCw aria-hidden /> Try again
          </Button>
        }
      >
        <p>Something went wrong on our side. It has been logged{error.digest ? ` as ${error.digest}` : ""}.</p>
      </Notice>
    </Page>
  );
}
