/** The list of what was given up, with a way back and a way out for each. */
import { announce, byId, element } from "./dom.js";
import { ago, count } from "./format.js";
import { explain } from "./messages.js";

const PAGE = 25;

export class DeadLetters {
  #call;
  #failed;
  #list = byId("letters");
  #known = "";
  #pages = 1;

  /**
   * @param call calls the API with the operator's key
   * @param failed is told of a Problem that a call of this list met
   */
  constructor(call, failed) {
    this.#call = call;
    this.#failed = failed;
    byId("more").addEventListener("click", () => {
      this.#pages++;
      this.refresh();
    });
    byId("replay-all").addEventListener("click", () => this.#replayAll());
  }

  /** Reads the pages that are shown, and draws them when something changed. */
  async refresh() {
    const letters = [];
    let cursor;
    for (let page = 0; page < this.#pages; page++) {
      const query = cursor ? `&cursor=${encodeURIComponent(cursor)}` : "";
      const answer = await (await this.#call(`admin/dead-letters?limit=${PAGE}${query}`)).json();
      letters.push(...answer.deadLetters);
      cursor = answer.nextCursor;
      if (!cursor) {
        break;
      }
    }
    byId("dead-empty").hidden = letters.length > 0;
    byId("replay-all").hidden = letters.length === 0;
    byId("more").hidden = !cursor;
    byId("dead-count").textContent = letters.length > 0 ? `${letters.length}${cursor ? " newest" : ""} shown` : "";
    const version = JSON.stringify(letters.map(({ id, lastFailedAt }) => [id, lastFailedAt]));
    if (version !== this.#known) {
      this.#known = version;
      this.#draw(letters);
    } else {
      this.#list.querySelectorAll("time").forEach((time) => {
        time.textContent = ago(time.dateTime);
      });
    }
  }

  #draw(letters) {
    const focused = this.#list.contains(document.activeElement) ? document.activeElement.dataset.action : undefined;
    const opened = new Set([...this.#list.querySelectorAll("details[open]")].map((details) => details.dataset.id));
    this.#list.replaceChildren(...letters.map((letter) => this.#letter(letter, opened.has(letter.id))));
    if (focused) {
      (this.#list.querySelector(`[data-action="${CSS.escape(focused)}"]`) ?? byId("dead-title")).focus();
    }
  }

  #letter(letter, open) {
    const name = letter.filename ?? letter.id;
    const failed = element("time", { dateTime: letter.lastFailedAt ?? "", textContent: letter.lastFailedAt ? ago(letter.lastFailedAt) : "" });
    return element("li", { class: "letter", "data-id": letter.id },
      element("h3", { textContent: name }),
      element("p", {}, element("code", { textContent: letter.code ?? "unknown" }), ` ${letter.detail ?? ""}`),
      element("p", { class: "meta" }, "Failed ", failed, ` after ${count(letter.attempts, "attempt")} · ${letter.id}`),
      element("div", { class: "letter-actions" },
        this.#button("Replay", name, letter.id, "small", () => this.#replay(letter.id, name)),
        this.#button("Delete", name, letter.id, "small danger", () => this.#delete(letter.id, name))),
      letter.stack
        ? element("details", { open, "data-id": letter.id },
            element("summary", { textContent: "Where it failed" }),
            element("pre", { tabIndex: 0, textContent: letter.stack }))
        : null);
  }

  #button(label, name, id, style, run) {
    return element("button", {
      type: "button",
      class: style,
      textContent: label,
      "aria-label": `${label} ${name}`,
      "data-action": `${label} ${id}`,
      onclick: run,
    });
  }

  #replay(id, name) {
    return this.#change(() => this.#call(`admin/dead-letters/${id}/replay`, { method: "POST" }), `${name} is back in the queue`);
  }

  async #delete(id, name) {
    if (await confirmed(`Delete ${name}?`, "The job, its original and its record go for good.", "Delete")) {
      await this.#change(() => this.#call(`admin/dead-letters/${id}`, { method: "DELETE" }), `${name} is deleted`);
    }
  }

  async #replayAll() {
    if (await confirmed("Replay all dead letters?", "Each goes back to its lane with all its attempts.", "Replay all")) {
      await this.#change(() => this.#call("admin/dead-letters/replay", { method: "POST" }), "All dead letters are back in the queue");
    }
  }

  async #change(change, done) {
    try {
      await change();
      announce(done);
    } catch (problem) {
      announce(explain(problem).title);
      if (problem.code !== "not-found") { // somebody else was faster: the new list shows it
        this.#failed(problem);
        return;
      }
    }
    await this.refresh().catch(this.#failed);
  }
}

async function confirmed(title, text, yes) {
  const dialog = byId("confirm");
  byId("confirm-title").textContent = title;
  byId("confirm-text").textContent = text;
  byId("confirm-yes").textContent = yes;
  dialog.returnValue = "no";
  dialog.showModal();
  await new Promise((resolve) => dialog.addEventListener("close", resolve, { once: true }));
  return dialog.returnValue === "yes";
}
