import { describe, expect, it } from "vitest";
import { contentDisposition, safeName } from "./file-name";

describe("a file's name", () => {
  it.each([
    ["report.txt", "report.txt"],
    ["../../etc/passwd", "passwd"],
    ["C:\\Users\\qa\\shot.png", "shot.png"],
    ["shots/1.png", "1.png"],
    ["..", "file"],
    ["", "file"],
    ["a/", "file"],
    ["trailing. . ", "trailing"],
    [".env", ".env"],
    ["photo\u202egpj.exe", "photogpj.exe"],
    ["\u2067a\u2069\u200b\ufeff.txt", "a.txt"],
    ["a\r\nSet-Cookie: x=1\0.txt", "aSet-Cookie: x=1.txt"],
    ["a\u2028b\u0085c", "abc"],
    ["\ud800a.txt", "a.txt"],
    ["e\u0301.txt", "é.txt"],
    ["👩‍🔧.png", "👩‍🔧.png"],
    ['";filename="x.html', '";filename="x.html'],
    [`${"n".repeat(300)}.png`, `${"n".repeat(145)}….png`],
    ["🎉".repeat(300), `${"🎉".repeat(149)}…`],
  ])("[G8] %j becomes %j", (given, safe) => {
    expect(safeName(given)).toBe(safe);
  });
});

describe("the header that names a download", () => {
  it.each([
    ["report.txt", `attachment; filename="report.txt"; filename*=UTF-8''report.txt`],
    ["Äußere €.txt", `attachment; filename="_u_ere _.txt"; filename*=UTF-8''%C3%84u%C3%9Fere%20%E2%82%AC.txt`],
    ['";filename="x.html', `attachment; filename="_;filename=_x.html"; filename*=UTF-8''%22%3Bfilename%3D%22x.html`],
    ["a\\b%41'(c)*.txt", `attachment; filename="a_b_41'(c)*.txt"; filename*=UTF-8''a%5Cb%2541%27%28c%29%2A.txt`],
    ["🎉.png", `attachment; filename="_.png"; filename*=UTF-8''%F0%9F%8E%89.png`],
  ])("[G8] of %j", (name, header) => {
    expect(contentDisposition("attachment", name)).toBe(header);
    expect(new Headers({ "content-disposition": header }).get("content-disposition")).toBe(header);
  });
});
