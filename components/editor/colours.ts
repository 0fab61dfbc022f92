type Colour = { name: string; value: string };

/** Text colours that are readable on white; the style sheet lightens them where the page is dark. */
export const inks: readonly Colour[] = [
  { name: "Grey", value: "#596773" },
  { name: "Red", value: "#c9372c" },
  { name: "Orange", value: "#a54800" },
  { name: "Yellow", value: "#7f5f01" },
  { name: "Green", value: "#216e4e" },
  { name: "Blue", value: "#0055cc" },
  { name: "Purple", value: "#5e4db2" },
];

/** Marker pens under which dark text stays readable; the style sheet darkens them where the page is dark. */
export const pens: readonly Colour[] = [
  { name: "Yellow", value: "#f8e6a0" },
  { name: "Red", value: "#ffd5d2" },
  { name: "Orange", value: "#fedec8" },
  { name: "Green", value: "#baf3db" },
  { name: "Blue", value: "#cce0ff" },
  { name: "Purple", value: "#dfd8fd" },
];
