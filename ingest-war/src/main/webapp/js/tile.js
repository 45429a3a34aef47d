/** One figure of the console: what it is now, and how it came there. */
import { Chart } from "./chart.js";
import { element } from "./dom.js";

const SPAN = 5 * 60_000;

export class Tile {
  #value = element("span");
  #unit = element("span", { class: "unit" });
  #note = element("p", { class: "note" });
  #legend = element("ul", { class: "legend" });
  #top = element("span");
  #chart;
  #series;

  /** @param series `{name, style}`; a tile of several has a legend */
  constructor({ title, series = [{ name: title, style: "series-main" }], stacked = false, width = "" }) {
    this.#series = series;
    this.#chart = new Chart({ series, stacked, span: SPAN, label: `${title}, last 5 minutes` });
    this.root = element("article", { class: `tile ${width}` },
      element("h3", { textContent: title }),
      element("p", { class: "value" }, this.#value, this.#unit),
      series.length > 1 ? this.#legend : this.#note,
      this.#chart.root,
      element("p", { class: "axis", "aria-hidden": "true" },
        element("span", { textContent: "5 min" }), this.#top, element("span", { textContent: "now" })));
  }

  /** @param values one per series, what the chart shows; `legend` the same in words */
  show({ time, value, unit = "", note = "", values, legend = values, alarm = false }) {
    this.#value.textContent = value;
    this.#unit.textContent = unit ? ` ${unit}` : "";
    this.#note.textContent = note;
    this.root.classList.toggle("alarm", alarm);
    this.#legend.replaceChildren(...this.#series.map(({ name, style }, i) =>
      element("li", { class: style }, `${name} `, element("b", { textContent: legend[i] }))));
    const top = this.#chart.add(time, values);
    this.#top.textContent = `0 to ${top.toLocaleString("en")}`;
  }
}
