// A table of words and figures that scrolls by itself where the page is narrow.
const cell = (value) => (value === null || value === undefined ? "" : String(value));
const table = ({ columns, rows, shown }, caption) =>
  h("div", { class: "wb-table-scroll", tabindex: "0", role: "region", "aria-label": caption },
    h("table", { class: "wb-table" }, h("caption", { class: "wb-hidden" }, caption),
      h("thead", {}, h("tr", {}, columns.map((name) => h("th", { scope: "col", dir: "auto" }, name)))),
      h("tbody", {}, (shown ?? rows).map((row) => h("tr", {}, row.map((value, place) =>
        h(place ? "td" : "th", { scope: place ? null : "row", dir: "auto" }, cell(value))))))));
