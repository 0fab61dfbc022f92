/**
 * The elements that mean something to the people who write them in Markdown: those that GitHub lets through
 * (https://github.com/gjtorikian/html-pipeline/blob/main/lib/html_pipeline/sanitization_filter.rb), and the few that
 * GitLab and our own writers add. Everything else that looks like a tag is rather `List<String>`.
 */
const known: ReadonlySet<string> = new Set(
  (
    "h1 h2 h3 h4 h5 h6 br b i strong em a pre code img tt div ins del sup sub p picture ol ul table thead tbody tfoot " +
    "blockquote dl dt dd kbd q samp var hr ruby rt rp li tr td th s strike summary details caption figure figcaption " +
    "abbr bdo bdi cite dfn mark small source span time wbr " +
    "u font center big section article header footer main nav aside input label colgroup col address"
  ).split(" "),
);

export const isKnownTag = (tag: string): boolean => {
  const name = /^<\/?([a-z][a-z\d]*)(?=[\s/>]|$)/i.exec(tag)?.[1];
  return name !== undefined && known.has(name.toLowerCase());
};

/** HTML in which what is no known tag is text. The opening bracket decides: in a comment or an attribute it may be either. */
export const onlyKnownTags = (html: string): string =>
  html.replace(/<\/?[a-z][a-z\d]*(?=[\s/>]|$)|<\/?[a-z]/gi, (tag) =>
    known.has(tag.replace(/^<\/?/, "").toLowerCase()) && tag.length > 0 && isKnownTag(tag)
      ? tag
      : `&lt;${tag.slice(1)}`,
  );

/** True for a node of HTML that is nothing but comments, which is how people and programs hide what others need not read. */
export function isComment(html: string): boolean {
  let at = 0;
  for (;;) {
    while (/\s/.test(html.charAt(at))) at += 1;
    if (at === html.length) return true;
    if (!html.startsWith("<!--", at)) return false;
    const end = html.indexOf("-->", at + 4);
    // One that nobody ends reaches to the end of all.
    if (end === -1) return true;
    at = end + 3;
  }
}
