import { ShieldCheck, TriangleAlert } from "lucide-react";
import { Time } from "@/components/ui/time";
import type { CertificateShown } from "@/lib/integrations/certificates";

/** Who is trusted, until when, and by what to compare it. */
export const Certificates = ({ certificates }: { certificates: readonly CertificateShown[] }) => (
  <ul className="flex flex-col gap-2">
    {certificates.map(({ fingerprint, subject, issuer, validTo, isExpired }) => (
      <li key={fingerprint} className="flex gap-2">
        {isExpired ? (
          <TriangleAlert className="mt-0.5 size-3.5 shrink-0 text-flaky" aria-hidden />
        ) : (
          <ShieldCheck className="mt-0.5 size-3.5 shrink-0 text-passed" aria-hidden />
        )}
        <span className="min-w-0">
          <span className="break-words font-medium">{subject}</span>{" "}
          <span className="text-muted">
            {issuer !== subject && `issued by ${issuer}, `}
            {isExpired ? "expired " : "valid until "}
            <Time at={validTo} exact />
          </span>
          <span className="block break-all font-mono text-code text-muted">{fingerprint}</span>
        </span>
      </li>
    ))}
  </ul>
);
