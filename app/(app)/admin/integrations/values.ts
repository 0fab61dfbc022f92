import type { AuthForm } from "@/lib/trackers/tracker";

/** What stands in the form of an integration. */
export type Values = {
  name: string;
  baseUrl: string;
  authType: string;
  credential: Record<string, string>;
  caCertificate: string;
  tlsFingerprint: string;
  proxy: string;
  /** The stored proxy is to go. */
  isProxyRemoved: boolean;
};

/** As the server takes it: an empty proxy and an empty secret stand for what is stored. */
export const sentOf = ({ isProxyRemoved, proxy, name: _, ...rest }: Values) => ({
  ...rest,
  ...(proxy.trim() ? { proxy } : isProxyRemoved && { proxy: null }),
});

/** What was typed for one way to sign in and fits another: an e-mail address stays, a secret does not. */
export const carriedOver = (form: AuthForm | undefined, credential: Record<string, string>) =>
  Object.fromEntries(
    (form?.fields ?? []).flatMap(({ name, isSecret }) =>
      !isSecret && credential[name] !== undefined ? [[name, credential[name]]] : [],
    ),
  );
