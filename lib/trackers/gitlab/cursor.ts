// Where the next page is: taken from the answer, and only the one value in it that may vary, so that no header can
// lead elsewhere.

const keys = ["cursor", "id_after", "id_before", "page"] as const;
type Key = (typeof keys)[number];

const shapes: Record<Key, RegExp> = {
  cursor: /^[\w+/=-]{1,500}$/,
  id_after: /^\d{1,15}$/,
  id_before: /^\d{1,15}$/,
  page: /^\d{1,6}$/,
};

/** As it is handed out: "id_before:42". Keyset lists tell it in `Link` alone, others also in `X-Next-Page`. */
export function nextOf(headers: Headers): string | null {
  const target = /<([^>]+)>;\s*rel="next"/.exec((headers.get("link") ?? "").slice(0, 8_000))?.[1];
  const query = target && URL.canParse(target) ? new URL(target).searchParams : new URLSearchParams();
  const page = headers.get("x-next-page");
  if (page) query.set("page", page);
  for (const key of keys) {
    const value = query.get(key);
    if (value && shapes[key].test(value)) return `${key}:${value}`;
  }
  return null;
}

/** What the cursor asks for, as gitbeaker names it; the first page for none. */
export function pageAt(cursor: string | null | undefined): {
  cursor?: string;
  idAfter?: number;
  idBefore?: number;
  page?: number;
} {
  const [, key, value = ""] = /^(\w+):(.*)$/.exec(cursor ?? "") ?? [];
  switch (keys.find((one) => one === key && shapes[one].test(value))) {
    case "cursor":
      return { cursor: value };
    case "id_after":
      return { idAfter: Number(value) };
    case "id_before":
      return { idBefore: Number(value) };
    case "page":
      return { page: Number(value) };
    case undefined:
      return {};
  }
}
