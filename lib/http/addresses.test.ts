import { expect, it } from "vitest";
import { isAllowed, isGlobalUnicast, parseAddress, parseAllowed } from "./addresses";

const addressOf = (text: string) => {
  const address = parseAddress(text);
  if (!address) throw new Error(`${text} is not an address`);
  return address;
};

// Written from IANA's special-purpose registries and the cloud vendors' pages, not from the code.
const refused = [
  ["0.0.0.0", "this host"],
  ["10.1.2.3", "private"],
  ["100.64.0.1", "carrier NAT"],
  ["100.100.100.200", "metadata of a cloud, inside carrier NAT"],
  ["127.0.0.1", "loopback"],
  ["127.255.255.254", "loopback, far end"],
  ["168.63.129.16", "metadata of a cloud, inside public space"],
  ["169.254.169.254", "metadata"],
  ["172.16.0.1", "private"],
  ["172.31.255.255", "private"],
  ["192.0.0.192", "metadata, in a protocol block"],
  ["192.0.2.1", "documentation"],
  ["192.88.99.1", "6to4 relay"],
  ["192.168.0.1", "private"],
  ["198.18.0.1", "benchmarking"],
  ["198.51.100.1", "documentation"],
  ["203.0.113.1", "documentation"],
  ["224.0.0.1", "multicast"],
  ["240.0.0.1", "reserved"],
  ["255.255.255.255", "broadcast"],
  ["::", "unspecified"],
  ["::1", "loopback"],
  ["::127.0.0.1", "IPv4-compatible"],
  ["::ffff:127.0.0.1", "mapped loopback"],
  ["::ffff:7f00:1", "mapped loopback in hex"],
  ["::ffff:169.254.169.254", "mapped metadata"],
  ["64:ff9b::7f00:1", "NAT64"],
  ["64:ff9b:1::a00:1", "local NAT64"],
  ["2001::1", "Teredo"],
  ["2001:db8::1", "documentation"],
  ["2002:7f00:1::", "6to4"],
  ["fc00::1", "unique local"],
  ["fd00:ec2::254", "metadata"],
  ["fe80::1", "link-local"],
  ["fe80::1%eth0", "link-local with a zone"],
  ["fec0::1", "site-local"],
  ["ff02::1", "multicast"],
  ["4000::1", "not assigned"],
] as const;

it.each(refused)("[D3] %s is not on the public internet (%s)", (text) => {
  expect(isGlobalUnicast(addressOf(text))).toBe(false);
});

it.each(["140.82.121.6", "8.8.8.8", "::ffff:8.8.8.8", "2606:50c0:8000::154", "2a00:1450:4001:82b::200e"])(
  "[D6] %s is on the public internet",
  (text) => {
    expect(isGlobalUnicast(addressOf(text))).toBe(true);
  },
);

it.each([
  ["10.0.0.0/8", "10.9.9.9", "tracker.internal", "443", true],
  ["10.0.0.0/8", "11.0.0.1", "tracker.internal", "443", false],
  ["fd00::/8", "fd12::1", "tracker.internal", "443", true],
  ["10.0.0.0/8", "fd12::1", "tracker.internal", "443", false],
  ["127.0.0.1:4010", "127.0.0.1", "127.0.0.1", "4010", true],
  ["127.0.0.1:4010", "127.0.0.1", "127.0.0.1", "4011", false],
  ["127.0.0.1", "127.0.0.1", "127.0.0.1", "4011", true],
  ["[::1]:4010", "::1", "::1", "4010", true],
  ["gitlab.internal", "192.168.1.5", "gitlab.internal", "443", true],
  ["gitlab.internal:8443", "192.168.1.5", "gitlab.internal", "443", false],
  ["gitlab.internal", "192.168.1.5", "other.internal", "443", false],
])("[D6] allow-list entry %s, address %s of %s:%s: %s", (entry, address, host, port, expected) => {
  const allowed = parseAllowed(entry);
  expect(allowed && isAllowed([allowed], addressOf(address), host, port)).toBe(expected);
});

it.each(["10.0.0.0/40", "a b", "http://x", "", "host:port", "*"])("[D6] the allow-list does not take %j", (entry) => {
  expect(parseAllowed(entry)).toBeNull();
});
