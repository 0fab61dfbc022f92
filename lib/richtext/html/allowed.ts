/**
 * What `toHtml` may write. Azure DevOps publishes no list of what its server keeps in HTML fields, so this is the
 * intersection of what its editor keeps (https://github.com/microsoft/roosterjs/blob/master/packages/roosterjs-editor-dom/lib/htmlSanitizer/getAllowedValues.ts)
 * and what every sanitiser does: no forms, no `details`, no `mark`, no `class`, no `id`, no `role`. The one `data-`
 * attribute is a mention (https://learn.microsoft.com/azure/devops/organizations/notifications/at-mentions).
 */
export const allowedTags: Record<string, readonly string[]> = {
  p: ["style"],
  h1: ["style"],
  h2: ["style"],
  h3: ["style"],
  h4: ["style"],
  h5: ["style"],
  h6: ["style"],
  ul: ["style"],
  ol: ["start"],
  li: [],
  blockquote: [],
  pre: ["title"],
  code: [],
  table: ["style"],
  tbody: [],
  tr: [],
  th: ["style", "colspan", "rowspan"],
  td: ["style", "colspan", "rowspan"],
  div: ["style"],
  hr: [],
  br: [],
  img: ["src", "alt", "title", "width", "height"],
  a: ["href", "rel", "data-vss-mention"],
  span: ["style", "title"],
  b: [],
  i: [],
  u: [],
  s: [],
  sub: [],
  sup: [],
  /** The first and the last line of our block; nothing in a document is written so. */
  small: [],
};

/** The declarations that its `style` attributes may have, each with the values it may take. */
export const allowedStyles: Record<string, RegExp> = {
  color: /^#[0-9a-f]{6}$/,
  background: /^#[0-9a-f]{6}$/,
  "background-color": /^#[0-9a-f]{6}$/,
  "border-left": /^4px solid #[0-9a-f]{6}$/,
  border: /^1px solid #[0-9a-f]{6}$/,
  "border-collapse": /^collapse$/,
  margin: /^\d+px \d+px$/,
  padding: /^\d+px \d+px$/,
  "text-align": /^(?:left|center|right)$/,
  "list-style-type": /^none$/,
  "white-space": /^pre-wrap$/,
};
