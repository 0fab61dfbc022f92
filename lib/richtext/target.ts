/** What a conversion has to know of where its output goes, beside the format. */
export type Target = {
  /** Whose people can be mentioned there. A mention of another integration's person is the label as text. */
  integrationId?: string | undefined;
  /** How a file of ours can be seen there; null: not at all, so that its name stands for it. */
  attachment?: ((attachmentId: string) => Reachable | null) | undefined;
};

/** `embeds`: a picture at this address shows there; otherwise a link leads to it. In wiki markup `url` is a file's name. */
export type Reachable = { url: string; embeds: boolean };

/** What reading foreign text has to know of where it comes from. */
export type Origin = {
  /** Whose mentions they are. */
  integrationId?: string | undefined;
  /** What relative addresses are relative to; without it they are text. */
  baseUrl?: string | undefined;
};
