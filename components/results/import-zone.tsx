"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Upload } from "lucide-react";
import { useCallback, useRef } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Link } from "@/components/ui/link";
import { ImportRow } from "./import-row";
import { useImports } from "./use-imports";
import { usePageDrop } from "./use-page-drop";

type Props = { projectId: string; url: string };

/** Takes JUnit files: dropped anywhere on the page, chosen, or sent by CI with the line that it shows. */
export function ImportZone({ projectId, url }: Props) {
  const client = useQueryClient();
  const onDone = useCallback(() => {
    void client.invalidateQueries({ queryKey: ["runs", projectId] });
  }, [client, projectId]);
  const { imports, add, ...handlers } = useImports(projectId, onDone);
  const over = usePageDrop(add);
  const input = useRef<HTMLInputElement>(null);
  const curl = `curl -H "Authorization: Bearer $FAULTLINE_TOKEN" -F "file=@report.xml" -F "run=$CI_RUN_ID" -F "branch=$BRANCH" -F "commit=$COMMIT" "${url}/api/projects/${projectId}/runs/import"`;

  return (
    <div>
      <div
        className={`flex flex-wrap items-center gap-x-4 gap-y-2 rounded-md border border-dashed px-4 py-4 transition-colors ${over ? "border-accent bg-selected" : "border-line-strong"}`}
      >
        <Upload className="size-5 text-muted" aria-hidden />
        <div className="min-w-0 flex-1 basis-52">
          <p className="font-medium">{over ? "Drop to import" : "Drop JUnit files anywhere on this page"}</p>
          <p className="text-muted">XML up to 200 MB. Files that you choose together become one run.</p>
        </div>
        <Button variant="primary" onClick={() => input.current?.click()}>
          Choose files
        </Button>
        <input
          ref={input}
          type="file"
          multiple
          accept=".xml,text/xml,application/xml"
          aria-label="JUnit files to import"
          className="sr-only"
          tabIndex={-1}
          onChange={({ target }) => {
            if (target.files?.length) add([...target.files]);
            target.value = "";
          }}
        />
      </div>
      {imports.length > 0 && (
        <ul aria-label="Imports" className="mt-3 rounded-md border">
          {imports.map((item) => (
            <ImportRow
              key={item.key}
              item={item}
              projectId={projectId}
              onCancel={handlers.cancel}
              onRetry={handlers.retry}
              onDismiss={handlers.dismiss}
            />
          ))}
        </ul>
      )}
      <h3 className="mt-4 mb-1 text-meta text-muted">From CI</h3>
      <div className="flex items-start gap-1 rounded-md border bg-subtle py-1 pr-1 pl-3">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
        <pre className="flex-1 overflow-x-auto py-1 font-mono text-code" tabIndex={0}>
          {curl}
        </pre>
        <CopyButton text={curl} label="Copy the command" />
      </div>
      <p className="mt-1 text-meta text-muted">
        The token needs the scope “Import test results”:{" "}
        <Link href="/account/tokens" className="text-link underline underline-offset-2">
          make one
        </Link>
        . Files and shards that send the same run id become one run.
      </p>
    </div>
  );
}
