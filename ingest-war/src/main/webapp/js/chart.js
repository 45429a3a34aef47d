/** Small time charts in SVG. One class draws both lines and stacked areas. */

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 300;
const HEIGHT = 100;

/** Keeps the newest values of several series and draws them over a fixed span of time. */
export class Chart {
  #series;
  #span;
  #stacked;
  #points = [];
  #paths;

  /**
   * @param series `{name, style}` in the order of stacking, bottom first
   * @param span how much time is shown, in ms
   * @param label what the chart shows, for those who cannot see it
   */
  constructor({ series, span, label, stacked = false }) {
    this.#series = series;
    this.#span = span;
    this.#stacked = stacked;
    this.label = label;
    this.root = node("svg", { class: "chart", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", role: "img" });
    for (const y of [0.5, HEIGHT / 2, HEIGHT - 0.5]) {
      this.root.append(node("line", { class: "grid", x1: 0, x2: WIDTH, y1: y, y2: y }));
    }
    this.#paths = series.map(({ style }) => {
      const area = node("path", { class: `area ${stacked ? "stacked" : ""} ${style}` });
      const line = node("path", { class: `line ${style}` });
      this.root.append(area, line);
      return { area, line };
    });
  }

  /** Adds a value per series at a time in ms, and draws. Returns the top of the scale. */
  add(time, values) {
    this.#points.push({ time, values });
    while (this.#points[0].time < time - this.#span) {
      this.#points.shift();
    }
    return this.#draw(time);
  }

  #draw(now) {
    const bands = this.#points.map(({ values }) => this.#bands(values));
    const top = niceTop(Math.max(0, ...bands.flat().map(([, upper]) => upper)));
    const x = (time) => (WIDTH * (1 - (now - time) / this.#span)).toFixed(1);
    const y = (value) => (HEIGHT - (value / top) * HEIGHT).toFixed(1);
    this.#paths.forEach(({ area, line }, index) => {
      const upper = this.#points.map(({ time }, i) => `${x(time)} ${y(bands[i][index][1])}`);
      const lower = this.#points.map(({ time }, i) => `${x(time)} ${y(bands[i][index][0])}`).reverse();
      line.setAttribute("d", `M${upper.join("L")}`);
      area.setAttribute("d", `M${[...upper, ...lower].join("L")}Z`);
    });
    const latest = this.#points.at(-1).values.map((value, i) => `${this.#series[i].name} ${round(value)}`);
    this.root.setAttribute("aria-label", `${this.label}: now ${latest.join(", ")}; scale to ${round(top)}`);
    return top;
  }

  /** The lower and upper edge of each series at one time. */
  #bands(values) {
    let base = 0;
    return values.map((value) => {
      const band = this.#stacked ? [base, base + value] : [0, value];
      base += value;
      return band;
    });
  }
}

/** 1, 2 or 5 times a power of ten, so that the scale does not move with every value. */
export function niceTop(value) {
  if (!(value > 1)) {
    return 1;
  }
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((step) => step * power).find((top) => top >= value);
}

function round(value) {
  return Math.round(value * 10) / 10;
}

function node(tag, attributes) {
  const created = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) {
    created.setAttribute(name, value);
  }
  return created;
}
