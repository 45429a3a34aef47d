/** Finds jobs by id, by name and by status: `GET /jobs`. */
import { byId, element } from "./dom.js";
import { ago, bytes, count } from "./format.js";
import { explain } from "./messages.js";

const PAGE = 25;
const PAUSE = 300;

export class JobSearch {
  #call;
  #cursor;
  #timer;
  #asked = 0;

  /** @param call calls the API with the operator's key */
  constructor(call) {
    this.#call = call;
    byId("job-text").addEventListener("input", () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.search(), PAUSE);
    });
    byId("job-status").addEventListener("change", () => this.search());
    byId("job-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.search();
    });
    byId("job-more").addEventListener("click", () => this.#page());
  }

  /** Starts with the newest job. */
  async search() {
    clearTimeout(this.#timer);
    this.#cursor = undefined;
    await this.#page();
  }

  async #page() {
    const asked = ++this.#asked;
    const query = new URLSearchParams({ limit: PAGE });
    const add = (name, value) => value && query.set(name, value);
    add("q", byId("job-text").value.trim());
    add("status", byId("job-status").value);
    add("cursor", this.#cursor);
    try {
      const answer = await (await this.#call(`jobs?${query}`)).json();
      if (asked === this.#asked) { // nobody has asked anything else since
        this.#show(answer, this.#cursor === undefined);
      }
    } catch (problem) {
      byId("job-note").textContent = explain(problem).title;
    }
  }

  #show({ jobs, nextCursor }, first) {
    const rows = byId("job-rows");
    if (first) {
      rows.replaceChildren();
    }
    rows.append(...jobs.map(row));
    this.#cursor = nextCursor;
    byId("job-more").hidden = !nextCursor;
    byId("job-table").hidden = rows.childElementCount === 0;
    byId("job-note").textContent = rows.childElementCount > 0
      ? `${count(rows.childElementCount, "job")} shown${nextCursor ? ", there are more" : ""}`
      : nextCursor ? "None among the newest 2,000 jobs. “Show more” searches further back." : "No such job.";
  }
}

function row(job) {
  return element("tr", {},
    element("th", { scope: "row", dir: "auto", textContent: job.filename }),
    element("td", {}, element("span", { class: `state state-${job.status.toLowerCase()}`, textContent: job.status.toLowerCase() }),
      job.error ? element("code", { textContent: job.error.code, title: job.error.detail }) : undefined),
    element("td", { class: "number", textContent: job.attempts }),
    element("td", { class: "number", textContent: bytes(job.size) }),
    element("td", {}, element("time", { dateTime: job.createdAt, title: job.createdAt, textContent: ago(job.createdAt) })),
    element("td", { class: "id", textContent: job.id }));
}
