"use client";

import { useMemo } from "react";

import { isValidAdf } from "@/lib/richtext/adf/validate";
import { AdfBlocks } from "./adf-blocks";
import "./views.css";

/**
 * A document as Jira would show it, drawn from the JSON that is sent and not from our own document: what a conversion
 * got wrong is wrong here too. Jira refuses what its schema does not allow, so that nothing of it is shown.
 */
export default function AdfView({ adf }: { adf: unknown }) {
  const validity = useMemo(() => isValidAdf(adf), [adf]);
  if (!validity.valid) {
    return (
      <p role="alert" className="text-danger">
        Jira would refuse this text: {validity.errors.join(", ")}
      </p>
    );
  }
  return (
    <div className="rich-text adf">
      <AdfBlocks of={adf} />
    </div>
  );
}
