import { env } from "@/lib/env";

/** The addresses of ours that are entered in a tracker. */
export const ownAddressesOf = ({ id, provider }: { id: string; provider: string }) => ({
  webhook: `${env().FAULTLINE_URL}/api/integrations/${id}/webhook`,
  callback: `${env().FAULTLINE_URL}/api/auth/${provider}/callback/${id}`,
});
