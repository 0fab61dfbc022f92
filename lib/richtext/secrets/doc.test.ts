import fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  attachment,
  blockquote,
  bold,
  cell,
  code,
  codeBlock,
  details,
  doc,
  hardBreak,
  heading,
  image,
  link,
  mention,
  paragraph,
  table,
  textColour,
} from "../build";
import { parseDoc, type RichDoc } from "../doc";
import { type Frame, outgoing } from "../outgoing";
import { type BodyFormat, bodyFormats } from "../render-body";
import { anyDoc } from "../testing/arbitrary";
import { fuzz } from "../testing/runs";
import { textOf } from "../testing/text";
import { toText } from "../to-text";
import { findInDoc, maskDoc } from "./doc";
import { maskText } from "./mask";

const token = `ghp_${"aB3".repeat(12)}`;
const mask = "[masked: GitHub token]";
const masked = (document: Parameters<typeof findInDoc>[0]) => maskDoc(document, findInDoc(document));
const mentionOf = (attrs: object) => ({ type: "mention", attrs });
const frame: Omit<Frame, "format"> = {
  ...{ limitChars: 1_000_000, marker: null, footer: null, failureUrl: null, integrationId: "here" },
  ...{ files: [], reachable: {}, patterns: [] },
};
/** All that `outgoing` says: what is sent, and what is told of it. */
const sent = (format: BodyFormat, description: RichDoc) => {
  const content = { title: "a", description, labels: [], revealed: [], attached: [] };
  return JSON.stringify(outgoing({ ...frame, format }, content));
};

describe("findInDoc and maskDoc", () => {
  it("[G5] finds a secret that marks, colours and code cut in two", () => {
    const [one, two, three] = [token.slice(0, 2), token.slice(2, 20), token.slice(20)];
    const document = doc(paragraph("a ", bold(one), textColour("#ff0000", two), code(three), " b"));
    expect(findInDoc(document)).toMatchObject([{ kind: "github-token", hint: "GitHub token", where: `a ${mask} b` }]);
    expect(masked(document)).toEqual(doc(paragraph("a ", bold(mask), " b")));
  });

  it("[G5] looks into whatever a format writes: the language of code, who is mentioned, an emoji's name", () => {
    const who = (attrs: object) => mentionOf({ id: "7", label: "Ann", handle: "ann", integrationId: "here", ...attrs });
    const document = parseDoc({
      type: "doc",
      content: [
        { type: "codeBlock", attrs: { language: token }, content: [{ type: "text", text: `a ${token}` }] },
        { type: "paragraph", content: [who({ id: token }), who({ handle: token }), who({ label: token }), who({})] },
        { type: "paragraph", content: [{ type: "emoji", attrs: { name: token } }] },
      ],
    });
    const nobody = { handle: null, integrationId: null };
    expect(masked(document)).toEqual({
      type: "doc",
      content: [
        { type: "codeBlock", attrs: { language: null }, content: [{ type: "text", text: `a ${mask}` }] },
        {
          type: "paragraph",
          content: [who({ ...nobody, id: mask }), who(nobody), who({ label: mask }), who({})],
        },
        { type: "paragraph", content: [{ type: "text", text: mask }] },
      ],
    });
    for (const format of bodyFormats) expect(sent(format, document)).not.toContain("aB3aB3");
  });

  it("[G5] tells of each of twenty thousand secrets on one line without reading the line for each", () => {
    const document = doc(paragraph(`${token} `.repeat(25_000)));
    // The processor's time: the machine may be busy with other tests.
    const start = process.cpuUsage();
    expect(masked(document)).toEqual(doc(paragraph(`${mask} `.repeat(25_000))));
    expect(process.cpuUsage(start).user / 1_000).toBeLessThan(3_000);
  });

  it("[G5] looks in every kind of block, and keeps what stands around", () => {
    const document = doc(
      heading(1, `a ${token}`),
      blockquote(paragraph(`${token} b`)),
      codeBlock(`x\nTOKEN=${token}\ny`, "sh"),
      table([cell([paragraph(token)])]),
      details([token], [paragraph("c")]),
    );
    expect(masked(document)).toEqual(
      doc(
        heading(1, `a ${mask}`),
        blockquote(paragraph(`${mask} b`)),
        codeBlock(`x\nTOKEN=${mask}\ny`, "sh"),
        table([cell([paragraph(mask)])]),
        details([mask], [paragraph("c")]),
      ),
    );
  });

  it("[G5] finds a key whose lines are paragraphs or line breaks", () => {
    const line = "aB3".repeat(21);
    const lines = ["-----BEGIN RSA PRIVATE KEY-----", line, line, "-----END RSA PRIVATE KEY-----"];
    for (const document of [
      doc(...lines.map((one) => paragraph(one)), paragraph("after")),
      doc(paragraph(lines.join("\n")), paragraph("after")),
      doc(paragraph(lines[0] ?? "", hardBreak(), line), codeBlock(lines.slice(2).join("\n")), paragraph("after")),
    ]) {
      const text = toText(masked(document)).output;
      expect(text).toContain("[masked: private key]");
      expect(text).toContain("after");
      expect(text).not.toContain("aB3");
    }
  });

  it("[G5] takes its address from a link or a picture with a secret in it", () => {
    const href = `https://a.b/?x=${token}`;
    const document = doc(paragraph(link(href, "here"), " ", image({ src: href, alt: "shot" }), image({ src: href })));
    expect(masked(document)).toEqual(
      doc(
        paragraph(
          { type: "text", text: "here", marks: [] },
          " ",
          image({ src: null, alt: "shot" }),
          image({ src: null, alt: `https://a.b/?x=${mask}` }),
        ),
      ),
    );
  });

  it("[G5] looks in descriptions, titles, names and labels", () => {
    const document = doc(
      paragraph(image({ src: "https://a.b/c.png", alt: token, title: token }), mention({ id: "1", label: token })),
      attachment({ attachmentId: "1", name: `${token}.log` }),
    );
    expect(JSON.stringify(masked(document))).not.toContain(token.slice(4));
    expect(findInDoc(document)).toHaveLength(4);
  });

  it("[G5] sends as it is what a person wants to send, wherever it stands and though the text changes", () => {
    const other = `ghp_${"Zy9".repeat(12)}`;
    const document = doc(paragraph(`a ${token}`), paragraph(`${token} ${other}`));
    const [first, second, third] = findInDoc(document);
    expect(first?.id).toBe(second?.id);
    expect(third?.id).not.toBe(first?.id);
    const later = doc(paragraph("new, above"), ...document.content);
    expect(maskDoc(later, findInDoc(later), [first?.id ?? ""])).toEqual(
      doc(paragraph("new, above"), paragraph(`a ${token}`), paragraph(`${token} ${mask}`)),
    );
  });

  it("[G5] tells of a secret no more than its kind and 24 bits", () => {
    for (const { id, where } of findInDoc(doc(paragraph(`password=hunter2 ${token}`)))) {
      expect(id).toMatch(/^[a-z-]+-[0-9a-f]{6}$/);
      expect(where).toContain("[masked: ");
      expect(where).not.toMatch(/hunter2|aB3/);
    }
  });

  it("[G5] leaves a document without secrets as it is, and any other a document with all else in it", () => {
    fc.assert(
      fc.property(anyDoc, (raw) => {
        const document = parseDoc(raw);
        const hidden = masked(document);
        expect(parseDoc(hidden)).toEqual(parseDoc(JSON.parse(JSON.stringify(hidden))));
        if (findInDoc(document).length === 0) expect(hidden).toBe(document);
      }),
      fuzz,
    );
  });

  it("[G5] hides a secret anywhere in any document, and nothing else", () => {
    fc.assert(
      fc.property(anyDoc, fc.nat(), (raw, at) => {
        const document = parseDoc(raw);
        const place = at % (document.content.length + 1);
        const content = [
          ...document.content.slice(0, place),
          paragraph(`<${token}>`),
          ...document.content.slice(place),
        ];
        const hidden = masked({ type: "doc", content });
        expect(JSON.stringify(hidden)).not.toContain(token);
        expect(textOf(hidden)).toContain(`<${mask}>`);
        expect(hidden.content.filter((_, i) => i !== place)).toEqual(masked(document).content);
      }),
      fuzz,
    );
  });
});

describe("maskText", () => {
  it("[G5] masks titles and labels, but for what is sent as it is", () => {
    const [found] = findInDoc(doc(paragraph(token)));
    expect(maskText(`Login fails with ${token}!`)).toBe(`Login fails with ${mask}!`);
    expect(maskText(`x ${token}`, [], [found?.id ?? ""])).toBe(`x ${token}`);
    expect(maskText("nothing here")).toBe("nothing here");
  });
});
