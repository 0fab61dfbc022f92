import type { Options } from "rehype-sanitize";

type Attributes = NonNullable<Options["attributes"]>;

const words = (list: string) => list.split(" ");

/**
 * What GitHub lets through of the HTML in Markdown, as it publishes it:
 * https://github.com/gjtorikian/html-pipeline/blob/main/lib/html_pipeline/sanitization_filter.rb
 * Attributes have the names of properties here. There is no `style`, no `class`, no `u`, no `font`.
 */
const elements =
  "h1 h2 h3 h4 h5 h6 br b i strong em a pre code img tt div ins del sup sub p picture ol ul table thead tbody tfoot " +
  "blockquote dl dt dd kbd q samp var hr ruby rt rp li tr td th s strike summary details caption figure figcaption " +
  "abbr bdo bdi cite dfn mark small source span time wbr";

const onAll =
  "abbr accept acceptCharset accessKey action align alt ariaDescribedBy ariaHidden ariaLabel ariaLabelledBy axis " +
  "border char charOff charSet checked clear cols colSpan compact coords dateTime dir encType htmlFor frame headers " +
  "height hrefLang hSpace id isMap itemProp label lang maxLength media method multiple name noHref noShade noWrap open " +
  "progress prompt readOnly rel rev role rows rowSpan rules scope selected shape size span start summary tabIndex " +
  "title type useMap vAlign value width";

const onSome: Attributes = {
  a: ["href"],
  blockquote: ["cite"],
  del: ["cite"],
  div: ["itemScope", "itemType"],
  img: ["src", "longDesc", "loading"],
  ins: ["cite"],
  q: ["cite"],
  source: ["srcSet"],
};

/** What the trackers add themselves after they have cleaned: boxes of tasks, languages of code, notes at the end. */
const added: { elements: string; attributes: Attributes } = {
  elements: "input section",
  attributes: {
    a: ["dataFootnoteBackref", "dataFootnoteRef"],
    code: [["className", /^language-./]],
    input: ["checked", ["disabled", true], ["type", "checkbox"]],
    li: [["className", "task-list-item"]],
    ol: [["className", "contains-task-list"]],
    section: ["dataFootnotes"],
    ul: [["className", "contains-task-list"]],
  },
};

function schemaOf(tags: string): Options {
  const attributes: Attributes = { "*": words(onAll) };
  for (const [tag, names] of [...Object.entries(onSome), ...Object.entries(added.attributes)]) {
    attributes[tag] = [...(attributes[tag] ?? []), ...(names ?? [])];
  }
  return {
    tagNames: words(`${tags} ${added.elements}`),
    attributes,
    protocols: {
      href: words("http https mailto"),
      cite: words("http https"),
      src: words("http https"),
      longDesc: words("http https"),
    },
    // Their content goes with them; of everything else the text stays.
    strip: words("script style"),
    required: { input: { type: "checkbox", disabled: true } },
    // Parts of a table cannot stand alone.
    ancestors: Object.fromEntries(words("tbody td th thead tfoot tr").map((tag) => [tag, ["table"]])),
    clobber: words("id name ariaDescribedBy ariaLabelledBy"),
    clobberPrefix: "user-content-",
  };
}

/**
 * GitLab builds on an older version of the same list, which lacks pictures of several sources.
 * https://docs.gitlab.com/user/markdown/#inline-html
 */
export const allowLists = {
  gfm: schemaOf(elements),
  glfm: schemaOf(elements.replace(/ (?:picture|source)\b/g, "")),
};
