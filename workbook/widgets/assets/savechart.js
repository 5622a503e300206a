// A chart as a file. The browser draws it, with its own fonts: it has the letters that people write with.
const SVG_NAMESPACE = "http://www.w3.org/2000/svg";
const FILE_FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif';
const FILE_EDGE = 24;
const RIGHT_TO_LEFT = /^[^A-Za-z\u00c0-\u024f]*[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

// The words in lines of at most this width; a word that is longer is broken anywhere.
const inLines = (words, font, width) => {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = font;
  const fits = (line) => pen.measureText(line).width <= width;
  const lines = [""];
  for (const word of words.split(/\s+/).filter(Boolean)) {
    const joined = lines.at(-1) ? `${lines.at(-1)} ${word}` : word;
    if (fits(joined)) { lines[lines.length - 1] = joined; continue; }
    if (lines.at(-1)) lines.push("");
    for (const letter of word) fits(lines.at(-1) + letter) || !lines.at(-1) ? lines[lines.length - 1] += letter : lines.push(letter);
  }
  return lines.filter(Boolean);
};

const svgElement = (tag, attributes, words) => {
  const element = document.createElementNS(SVG_NAMESPACE, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (words !== undefined) element.textContent = words;
  return element;
};

// The drawing under its question and its finding, on white, in the light colours: a file goes to paper.
const chartAsSvg = (drawn, { question, finding, rests_on: restsOn, end }) => {
  const [, , width, height] = drawn.getAttribute("viewBox").split(/[\s,]+/).map(Number);
  const page = svgElement("svg", { xmlns: SVG_NAMESPACE, "font-family": FILE_FONT });
  let y = FILE_EDGE;
  const write = (words, size, weight, fill) => {
    for (const line of inLines(words, `${weight} ${size}px ${FILE_FONT}`, width)) {
      y += size * 1.4;
      const turned = RIGHT_TO_LEFT.test(line);
      page.append(svgElement("text", { x: turned ? FILE_EDGE + width : FILE_EDGE, y, "font-size": size, "font-weight": weight, fill, direction: turned ? "rtl" : "ltr" }, line));
    }
  };
  write(question, 20, 700, "#1d2733");
  write(`${finding} ${restsOn}`, 14, 400, "#1d2733");
  const chart = drawn.cloneNode(true);
  y += 12;
  for (const [name, value] of Object.entries({ x: FILE_EDGE, y, width, height })) chart.setAttribute(name, value);
  page.append(chart);
  y += height;
  write(end, 12, 400, "#56606e");
  const size = [width + 2 * FILE_EDGE, Math.ceil(y + FILE_EDGE)];
  page.prepend(svgElement("rect", { width: size[0], height: size[1], fill: "#ffffff" }));
  page.setAttribute("viewBox", `0 0 ${size.join(" ")}`);
  page.setAttribute("width", size[0]);
  page.setAttribute("height", size[1]);
  const text = new XMLSerializer().serializeToString(page).replace(/var\(--chart-\w+, (#[0-9a-f]{6})\)/g, "$1");
  return { blob: new Blob([text], { type: "image/svg+xml" }), size };
};

const chartAsPng = async (drawn, told) => {
  const { blob, size: [width, height] } = chartAsSvg(drawn, told);
  const address = URL.createObjectURL(blob);
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const scale = Math.min(2, 16000 / height);
    const canvas = h("canvas", { width: Math.round(width * scale), height: Math.round(height * scale) });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done) => canvas.toBlob(done, "image/png"));
  } finally {
    URL.revokeObjectURL(address);
  }
};

// What begins like a formula gets an apostrophe in front: a spreadsheet would work it out otherwise.
const csvCell = (value) => {
  const words = cell(value);
  const harmless = /^[=+@\t\r-]/.test(words) && !/^[+-]?[\d.,\s]*$/.test(words) ? `'${words}` : words;
  return `"${harmless.replaceAll('"', '""')}"`;
};
const tableAsCsv = ({ columns, rows }) =>
  new Blob(["\ufeff", [columns, ...rows].map((row) => row.map(csvCell).join(",") + "\r\n").join("")], { type: "text/csv" });

const savingChart = (shown, words, drawn) => {
  const named = (label) => ({ "aria-label": `${label}: ${shown.question}`, class: "wb-button--quiet" });
  const told = { ...shown, end: words.not_therapy };
  return h("details", { class: "wb-saving" }, h("summary", { "aria-label": `${words.save}: ${shown.question}` }, words.save),
    h("div", { class: "wb-actions" },
      button(words.png, async () => saveFile({ name: "chart.png" }, await chartAsPng(drawn(), told)), named(words.png)),
      button(words.svg, () => saveFile({ name: "chart.svg" }, chartAsSvg(drawn(), told).blob), named(words.svg)),
      button(words.csv, () => saveFile({ name: "chart.csv" }, tableAsCsv(shown.table)), named(words.csv))),
    h("p", { class: "wb-hint" }, words.unlocked));
};
