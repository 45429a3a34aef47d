/**
 * The last hour in one chart: panels above each other on the same time axis, one line across all of them
 * under the pointer, and a mark at each change of the number of workers.
 */
import { element } from "./dom.js";
import { rate, seconds } from "./format.js";

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 1000;
const PANEL = 84;
const GAP = 42;

/** Space between a panel and the title of the next one. */
const REST = 10;

/** At most this number of times on the axis, besides "now". */
const MOST_TIMES = 5;

/** Minutes between two of them. */
const STEPS = [1, 2, 5, 10, 15, 30, 60];

/** Samples further apart than this number of intervals have a gap between them. */
const HOLE = 3;

const PANELS = [
  {
    title: "Backlog",
    series: [{ name: "jobs", style: "series-main", value: (s) => s.backlog, area: true }],
    show: whole,
  },
  {
    title: "Oldest job",
    series: [{ name: "age", style: "series-wait", value: (s) => s.oldestAgeSeconds, area: true }],
    show: seconds,
  },
  {
    title: "Jobs per second",
    series: [
      { name: "arriving", style: "series-second", value: (s) => s.arrivalRate },
      { name: "finished", style: "series-good", value: (s) => s.serviceRate },
    ],
    show: rate,
  },
  {
    title: "Workers",
    series: [
      { name: "slots busy", style: "series-busy", value: (s) => (s.capacity > 0 ? (s.workers * Math.min(s.inFlight, s.capacity)) / s.capacity : 0), area: true, step: true,
        label: (s) => (s.capacity > 0 ? `${Math.round((100 * Math.min(s.inFlight, s.capacity)) / s.capacity)} %` : "none") },
      { name: "workers", style: "series-main", value: (s) => s.workers, step: true },
    ],
    show: whole,
  },
];

const HEIGHT = PANELS.length * (PANEL + GAP);

export class HistoryChart {
  #samples = [];
  #interval = 5;
  #span = 60 * 60_000;
  #at;
  #panels;
  #slider;
  #svg;
  #cursor;
  #marks;
  #hours;
  #time = element("p", { class: "chart-time" });
  #labels = element("div", { class: "mark-labels", "aria-hidden": "true" });

  constructor() {
    this.#svg = node("svg", {
      class: "history", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true",
    });
    this.#marks = node("g", { class: "marks" });
    this.#svg.append(this.#marks);
    this.#panels = PANELS.map((panel, index) => this.#panel(panel, index));
    this.#cursor = node("line", { class: "cursor", y1: 0, y2: HEIGHT, visibility: "hidden" });
    this.#svg.append(this.#cursor);
    this.#hours = element("div", { class: "chart-axis", "aria-hidden": "true" });
    const legends = element("div", { class: "chart-legends" }, ...this.#panels.map(({ head }) => head));
    this.#slider = element("div", {
      class: "chart-slider", tabIndex: 0, role: "slider", "aria-label": "Moment of the last hour", "aria-valuemin": "0", "aria-valuenow": "0",
      onpointermove: (event) => this.#pointAt(event),
      onpointerleave: () => this.#select(undefined),
      onblur: () => this.#select(undefined),
      onkeydown: (event) => this.#key(event),
    }, this.#svg);
    const plot = element("div", { class: "chart-plot" }, this.#slider, legends, this.#labels);
    this.root = element("div", { class: "chart" }, this.#time, plot, this.#hours);
  }

  get last() {
    return this.#samples.at(-1);
  }

  /** Adds samples later than the existing ones. */
  add({ intervalSeconds, samples }) {
    this.#interval = intervalSeconds;
    const after = this.last ? Date.parse(this.last.at) : 0;
    this.#samples.push(...samples.map((s) => ({ ...s, time: Date.parse(s.at) })).filter((s) => s.time > after));
    const since = Date.now() - 61 * 60_000;
    this.#samples = this.#samples.filter((s) => s.time >= since);
    this.draw();
  }

  /** Shows the last minutes. */
  span(minutes) {
    this.#span = minutes * 60_000;
    this.draw();
  }

  draw() {
    const now = Math.max(this.last?.time ?? 0, Date.now());
    const shown = this.#shown(now);
    const x = (time) => WIDTH * (1 - (now - time) / this.#span);
    this.#panels.forEach((panel) => panel.draw(shown, x, this.#interval * 1000 * HOLE));
    const scaled = changes(shown);
    this.#marks.replaceChildren(...scaled.map(({ time, from, to }) =>
      node("line", { class: `mark ${to > from ? "up" : "down"}`, x1: x(time), x2: x(time), y1: 0, y2: HEIGHT })));
    this.#labels.replaceChildren(...scaled.map(({ time, from, to }) => {
      const label = element("span", { textContent: `${from} → ${to}` });
      label.style.left = `${(100 * x(time)) / WIDTH}%`;
      return label;
    }));
    this.#keepLabelsInside();
    this.#drawTimes();
    this.#drawCursor(shown, x);
    this.#slider.setAttribute("aria-valuemax", String(Math.max(0, shown.length - 1)));
  }

  /** Moves a label that would leave the chart on the right to the left of its mark. */
  #keepLabelsInside() {
    const width = this.#labels.clientWidth;
    const outside = [...this.#labels.children].filter((label) => label.offsetLeft + label.offsetWidth > width);
    outside.forEach((label) => label.classList.add("before"));
  }

  #shown(now = Math.max(this.last?.time ?? 0, Date.now())) {
    return this.#samples.filter((s) => s.time >= now - this.#span);
  }

  #drawTimes() {
    const minutes = this.#span / 60_000;
    const step = STEPS.find((each) => minutes % each === 0 && minutes / each <= MOST_TIMES);
    const words = Array.from({ length: minutes / step }, (_, i) => `−${minutes - i * step} min`);
    this.#hours.replaceChildren(...[...words, "now"].map((textContent) => element("span", { textContent })));
  }

  #drawCursor(shown, x) {
    const index = this.#at === undefined ? shown.length - 1 : shown.findIndex((s) => s.time === this.#at);
    const sample = shown[index] ?? shown.at(-1);
    this.#panels.forEach((panel) => panel.label(sample));
    if (!sample) {
      this.#time.textContent = "The first values appear in a few seconds.";
      return;
    }
    const chosen = this.#at !== undefined && sample.time === this.#at;
    this.#cursor.setAttribute("visibility", chosen ? "visible" : "hidden");
    this.#cursor.setAttribute("x1", x(sample.time));
    this.#cursor.setAttribute("x2", x(sample.time));
    const change = changes(shown).find(({ time }) => time === sample.time);
    const clock = new Date(sample.time).toLocaleTimeString("en-GB");
    this.#time.textContent = `${chosen ? clock : "Now"}${change ? ` · workers ${change.from} → ${change.to}` : ""}`;
    this.#slider.setAttribute("aria-valuenow", String(Math.max(0, shown.indexOf(sample))));
    this.#slider.setAttribute("aria-valuetext", `${clock}: ${PANELS.flatMap(({ title, series, show }) =>
      series.map((s) => `${title} ${s.name} ${s.label ? s.label(sample) : show(s.value(sample))}`)).join(", ")}`);
  }

  #pointAt(event) {
    const box = this.#svg.getBoundingClientRect();
    const now = Math.max(this.last?.time ?? 0, Date.now());
    const time = now - this.#span * (1 - (event.clientX - box.left) / box.width);
    const nearest = this.#shown(now).reduce((best, s) => (!best || Math.abs(s.time - time) < Math.abs(best.time - time) ? s : best), undefined);
    this.#select(nearest?.time);
  }

  #key(event) {
    const shown = this.#shown();
    const at = this.#at === undefined ? shown.length - 1 : shown.findIndex((s) => s.time === this.#at);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, PageUp: at - 12, PageDown: at + 12, Home: 0, End: shown.length - 1 }[event.key];
    if (to !== undefined && shown.length > 0) {
      event.preventDefault();
      this.#select(shown[Math.min(shown.length - 1, Math.max(0, to))].time);
    }
  }

  #select(time) {
    this.#at = time;
    this.draw();
  }

  #panel({ title, series, show }, index) {
    const top = index * (PANEL + GAP) + GAP - REST;
    const bottom = top + PANEL;
    for (const y of [top, (top + bottom) / 2, bottom]) {
      this.#svg.append(node("line", { class: "grid", x1: 0, x2: WIDTH, y1: y, y2: y }));
    }
    const paths = series.map(({ style, area }) => {
      const fill = node("path", { class: `area ${style}` });
      const line = node("path", { class: `line ${style}` });
      this.#svg.append(...(area ? [fill, line] : [line]));
      return { fill, line };
    });
    const values = series.map(() => element("b"));
    const scale = element("span", { class: "chart-top" });
    const head = element("div", { class: "chart-head" }, element("h3", { textContent: title }),
      element("ul", { class: "legend" }, ...series.map(({ name, style }, i) => element("li", { class: style }, `${name} `, values[i]))),
      scale);
    head.style.setProperty("--row", String(index));
    return {
      head,
      label: (sample) => series.forEach((s, i) => {
        values[i].textContent = sample ? (s.label ? s.label(sample) : show(s.value(sample))) : "–";
      }),
      draw: (samples, x, hole) => {
        const highest = niceTop(Math.max(0, ...samples.flatMap((sample) => series.map((s) => s.value(sample)))));
        scale.textContent = `0 – ${show(highest)}`;
        const y = (value) => bottom - (value / highest) * PANEL;
        paths.forEach(({ fill, line }, i) => {
          const runs = runsOf(samples, hole);
          const path = (run) => points(run, x, y, series[i]).join("L");
          line.setAttribute("d", runs.map((run) => `M${path(run)}`).join(""));
          fill.setAttribute("d", runs.map((run) => `M${x(run[0].time).toFixed(1)} ${bottom}L${path(run)}L${x(run.at(-1).time).toFixed(1)} ${bottom}Z`).join(""));
        });
      },
    };
  }
}

function points(run, x, y, { value, step }) {
  return run.flatMap((sample, i) => {
    const point = `${x(sample.time).toFixed(1)} ${y(value(sample)).toFixed(1)}`;
    return step && i > 0 ? [`${x(sample.time).toFixed(1)} ${y(value(run[i - 1])).toFixed(1)}`, point] : [point];
  });
}

/** Groups samples into runs without gaps: a line across a gap would show values that were not measured. */
function runsOf(samples, hole) {
  const runs = [];
  for (const sample of samples) {
    const run = runs.at(-1);
    if (run && sample.time - run.at(-1).time <= hole) {
      run.push(sample);
    } else {
      runs.push([sample]);
    }
  }
  return runs;
}

/** The times at which the number of workers changed. */
function changes(samples) {
  return samples.flatMap((sample, i) =>
    (i > 0 && sample.workers !== samples[i - 1].workers ? [{ time: sample.time, from: samples[i - 1].workers, to: sample.workers }] : []));
}

/** 1, 2 or 5 times a power of ten, so that the scale does not move with every value. */
export function niceTop(value) {
  if (!(value > 1)) {
    return 1;
  }
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((step) => step * power).find((top) => top >= value);
}

function whole(value) {
  return Math.round(value).toLocaleString("en");
}

function node(tag, attributes) {
  const created = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) {
    created.setAttribute(name, value);
  }
  return created;
}
