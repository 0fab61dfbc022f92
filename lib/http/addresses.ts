import ipaddr from "ipaddr.js";

type Address = ipaddr.IPv4 | ipaddr.IPv6;

// Ranges by themselves would let these through, or an operator's wide CIDR would: they hand out cloud credentials.
const metadata = new Set([
  "169.254.169.254",
  "169.254.170.2",
  "168.63.129.16",
  "100.100.100.200",
  "192.0.0.192",
  "fd00:ec2::254",
]);

const globalUnicastV6 = ipaddr.IPv6.parseCIDR("2000::/3");

/** Reads an address; one that is mapped into IPv6 is judged as the IPv4 address that the kernel will connect to. */
export function parseAddress(text: string): Address | null {
  const bare = text.replace(/^\[|\]$/g, "");
  return ipaddr.isValid(bare) ? ipaddr.process(bare) : null;
}

/** The endpoints from which a cloud machine reads its own credentials: never allowed, whatever the operator says. */
export const isMetadata = (address: Address) => metadata.has(address.toString());

/**
 * True only for global unicast. Everything else is private in effect: loopback, link-local, carrier NAT, documentation,
 * and what smuggles an IPv4 address (NAT64, 6to4, Teredo).
 */
export function isGlobalUnicast(address: Address): boolean {
  if (address.range() !== "unicast" || isMetadata(address)) return false;
  return address.kind() === "ipv4" || (address as ipaddr.IPv6).match(globalUnicastV6); // kind() has just told which
}

/** An operator's allow-list entry: a network, or one host with an optional port. */
export type Allowed = { network: [Address, number] } | { host: string; port: string | null };

/** Reads "10.0.0.0/8", "gitlab.internal", "127.0.0.1:4010" or "[::1]:4010"; null when it is none of them. */
export function parseAllowed(entry: string): Allowed | null {
  const text = entry.trim().toLowerCase();
  if (text.includes("/")) return ipaddr.isValidCIDR(text) ? { network: ipaddr.parseCIDR(text) } : null;

  const whole = parseAddress(text);
  if (whole) return { host: whole.toString(), port: null };

  const match = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::(\d{1,5}))?$/.exec(text);
  if (!match?.[1]) return null;
  return { host: parseAddress(match[1])?.toString() ?? match[1].replace(/\.$/, ""), port: match[2] ?? null };
}

/** Whether the operator allowed this address, by its network, by itself or by the name that led to it. */
export function isAllowed(list: readonly Allowed[], address: Address, hostname: string, port: string): boolean {
  return list.some((entry) => {
    if ("network" in entry) return address.kind() === entry.network[0].kind() && address.match(entry.network);
    const isHost = entry.host === hostname || entry.host === address.toString();
    return isHost && (entry.port === null || entry.port === port);
  });
}
