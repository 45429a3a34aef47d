/** The figures of `GET /admin/queue` that an operator reads first. */
import { element } from "./dom.js";
import { rate, seconds } from "./format.js";

const LANES = ["high", "normal", "low"];

export class Figures {
  #figures = {};
  #parent;

  /** @param parent takes the figures */
  constructor(parent) {
    this.#parent = parent;
  }

  show({ backlog, inFlight, delayed, deadLetters, oldestAgeSeconds, arrivalRate, serviceRate, workers }) {
    const lanes = LANES.map((lane) => backlog[lane] ?? 0);
    const total = lanes.reduce((sum, lane) => sum + lane, 0);
    this.#figure("Backlog", whole(total), LANES.map((lane, i) => `${lane}\u00a0${whole(lanes[i])}`).join(" · "));
    this.#figure("Oldest job", total > 0 ? seconds(oldestAgeSeconds) : "–", total > 0 ? `${whole(Math.max(0, total - inFlight))} waiting, ${whole(inFlight)} in flight` : "the queue is empty");
    this.#figure("Finished", `${rate(serviceRate)}/s`, `arriving ${rate(arrivalRate)}/s, over a minute`);
    const { count, capacity } = workers;
    this.#figure("Workers", whole(count), capacity > 0 ? `${Math.min(100, Math.round((100 * inFlight) / capacity))} % of ${whole(capacity)} slots busy` : "none is running", count === 0);
    this.#figure("Waiting for a retry", whole(delayed), "");
    this.#figure("Dead letters", whole(deadLetters), deadLetters > 0 ? "given up" : "none", deadLetters > 0);
  }

  #figure(title, value, note, alarm = false) {
    this.#figures[title] ??= this.#create(title);
    const { root, valueElement, noteElement } = this.#figures[title];
    valueElement.textContent = value;
    noteElement.textContent = note;
    root.classList.toggle("alarm", alarm);
  }

  #create(title) {
    const valueElement = element("dd", { class: "value" });
    const noteElement = element("dd", { class: "note" });
    const root = element("div", { class: "figure" }, element("dt", { textContent: title }), valueElement, noteElement);
    this.#parent.append(root);
    return { root, valueElement, noteElement };
  }
}

function whole(value) {
  return value.toLocaleString("en");
}
