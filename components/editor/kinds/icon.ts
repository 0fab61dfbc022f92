/** Icons for what ProseMirror draws without React, in the lines of lucide. */
const paths = {
  picture:
    "M5 3h14a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2Zm16 12-3.1-3.1a2 2 0 0 0-2.8 0L6 21M9 7a2 2 0 1 1 0 4 2 2 0 0 1 0-4Z",
  file: "M15 2H6a2 2 0 0 0-2 2v16a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2V7Zm-1 0v4a2 2 0 0 0 2 2h4",
  download: "M21 15v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-4M7 10l5 5 5-5M12 15V3",
};

const svg = "http://www.w3.org/2000/svg";

export function iconOf(name: keyof typeof paths): SVGElement {
  const icon = document.createElementNS(svg, "svg");
  icon.setAttribute("viewBox", "0 0 24 24");
  icon.setAttribute("aria-hidden", "true");
  icon.setAttribute("class", "editor-icon");
  const path = document.createElementNS(svg, "path");
  path.setAttribute("d", paths[name]);
  icon.append(path);
  return icon;
}
