/** A delivery as it came: the raw body, before anything has read it. Header names are in lower case. */
export interface RawDelivery {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** What a delivery says has happened. Only a hint: the issue is read again. */
export interface WebhookHint {
  /** The tracker's word for the event. */
  readonly event: string;
  readonly kind: "issue_changed" | "issue_deleted" | "comment_changed" | "ping" | "ignored";
  /** Null where the delivery names none. */
  readonly issue: { readonly projectRemoteId: string | null; readonly ref: string; readonly remoteId: string } | null;
  readonly commentRemoteId: string | null;
  /** Whose doing it was, so that our own is recognised. */
  readonly actorRemoteId: string | null;
  readonly at: Date | null;
}

/** How a tracker's webhook deliveries are checked and read. Pure: the secret is given, nothing is called. */
export interface WebhookProof {
  /** False for every doubt, an empty secret included. Compares in constant time. */
  verify(delivery: RawDelivery, secret: string): boolean;
  /** The same for each attempt to deliver the same event. */
  deliveryId(delivery: RawDelivery): string;
  /** Null: the body cannot be read. */
  parse(delivery: RawDelivery): WebhookHint | null;
}
