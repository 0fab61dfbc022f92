import type { Extensions } from "@tiptap/core";
import { Placeholder } from "@tiptap/extension-placeholder";
import { StarterKit } from "@tiptap/starter-kit";

import { safeHref } from "@/lib/richtext/href";
import type { AddressOf } from "./address-of";
import { FileBlock } from "./kinds/attachment";
import { CodeBlock } from "./kinds/code-block";
import { Details, DetailsContent, Summary } from "./kinds/details";
import { Emoji } from "./kinds/emoji";
import { Picture } from "./kinds/image";
import { Item, Numbered, Task, Tasks } from "./kinds/lists";
import { Code, Pen, Subscript, Superscript, TextColour } from "./kinds/marks";
import { Person } from "./kinds/mention";
import { Panel } from "./kinds/panel";
import { Cell, HeaderCell, Row, Table } from "./kinds/table";

/** Exactly the kinds of lib/richtext/doc.ts; a test compares the two. */
export const extensions = (placeholder: string, addressOf: AddressOf = () => null): Extensions => [
  StarterKit.configure({
    code: false,
    codeBlock: false,
    listItem: false,
    orderedList: false,
    trailingNode: false,
    link: {
      openOnClick: false,
      defaultProtocol: "https",
      markdownLinks: true,
      isAllowedUri: (url) => safeHref(url) !== null,
      HTMLAttributes: { rel: "noopener noreferrer nofollow", target: "_blank" },
    },
  }),
  Item,
  Numbered,
  Tasks,
  Task,
  CodeBlock,
  Table,
  Row,
  HeaderCell,
  Cell,
  Details,
  Summary,
  DetailsContent,
  Panel,
  FileBlock.configure({ addressOf }),
  Picture.configure({ addressOf }),
  Person,
  Emoji,
  Code,
  Pen,
  TextColour,
  Subscript,
  Superscript,
  Placeholder.configure({ placeholder }),
];
