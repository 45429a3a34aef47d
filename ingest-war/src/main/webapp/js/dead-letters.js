/** The dead letters: by code, with a selection that can be replayed or deleted. */
import { announce, byId, element } from "./dom.js";
import { ago, count } from "./format.js";
import { explain } from "./messages.js";
import { undoable } from "./undo.js";

const PAGE = 50;

/** The number of concurrent calls for single dead letters. */
const AT_ONCE = 4;

export class DeadLetters {
  #call;
  #failed;
  #list = byId("letters");
  #letters = [];
  #codes = [];
  #code;
  #cursor;
  #pages = 1;
  #selected = new Set();
  #wholeCode = false;
  #hidden = new Set();
  #drawn = "";

  /**
   * @param call calls the API with the operator's key
   * @param failed is called with the Problem of a failed call
   */
  constructor(call, failed) {
    this.#call = call;
    this.#failed = failed;
    byId("more").addEventListener("click", () => {
      this.#pages++;
      this.refresh();
    });
    byId("codes").addEventListener("change", (event) => {
      this.#code = event.target.value || undefined;
      this.#pages = 1;
      this.#select([]);
      this.refresh();
    });
    byId("select-all").addEventListener("change", (event) => this.#select(event.target.checked ? this.#visible() : []));
    byId("select-code").addEventListener("click", () => {
      this.#wholeCode = true;
      this.#drawSelection();
    });
    byId("replay-selected").addEventListener("click", () => this.#replay());
    byId("delete-selected").addEventListener("click", () => this.#delete());
  }

  /** Reads the codes and the shown pages, and redraws them if something changed. */
  async refresh() {
    this.#codes = (await (await this.#call("admin/dead-letters/codes")).json()).codes;
    if (this.#code && !this.#codes.some(({ code }) => code === this.#code)) {
      this.#code = undefined;
    }
    const letters = [];
    let cursor;
    for (let page = 0; page < this.#pages; page++) {
      const query = new URLSearchParams({ limit: PAGE, ...(this.#code && { code: this.#code }), ...(cursor && { cursor }) });
      const answer = await (await this.#call(`admin/dead-letters?${query}`)).json();
      letters.push(...answer.deadLetters);
      cursor = answer.nextCursor;
      if (!cursor) {
        break;
      }
      if (answer.deadLetters.length === 0) {
        page--; // none of the code on this page
      }
    }
    this.#letters = letters;
    this.#cursor = cursor;
    const there = new Set(letters.map(({ id }) => id));
    this.#selected = new Set([...this.#selected].filter((id) => there.has(id)));
    const drawn = JSON.stringify([letters.map(({ id, lastFailedAt }) => [id, lastFailedAt]), this.#codes, this.#code, [...this.#hidden]]);
    if (drawn !== this.#drawn) {
      this.#drawn = drawn;
      this.#draw();
    } else {
      this.#list.querySelectorAll("time").forEach((time) => {
        time.textContent = ago(time.dateTime);
      });
    }
  }

  #visible() {
    return this.#letters.filter(({ id }) => !this.#hidden.has(id));
  }

  #draw() {
    const letters = this.#visible();
    const opened = new Set([...this.#list.querySelectorAll("details[open]")].map((details) => details.dataset.id));
    const focused = this.#list.contains(document.activeElement) ? document.activeElement.dataset.action : undefined;
    this.#list.replaceChildren(...letters.map((letter) => this.#row(letter, opened.has(letter.id))));
    if (focused) {
      (this.#list.querySelector(`[data-action="${CSS.escape(focused)}"]`) ?? byId("select-all")).focus();
    }
    const total = this.#codes.reduce((sum, code) => sum + code.count, 0);
    const chosen = byId("codes").contains(document.activeElement);
    byId("codes-row").replaceChildren(
      this.#chip("", "All", total), ...this.#codes.map(({ code, count: many }) => this.#chip(code, code, many)));
    if (chosen) {
      byId("codes").querySelector("input:checked")?.focus();
    }
    byId("codes").hidden = total === 0;
    byId("dead-empty").hidden = letters.length > 0;
    byId("selection").hidden = letters.length === 0;
    byId("more").hidden = !this.#cursor;
    this.#drawSelection();
  }

  #chip(value, label, many) {
    return element("label", { class: "chip" },
      element("input", { type: "radio", name: "code", value, checked: value === (this.#code ?? "") }),
      element("span", { class: "chip-text" }, element("b", { textContent: label }), ` ${many.toLocaleString("en")}`));
  }

  #row(letter, open) {
    const name = letter.filename ?? letter.id;
    const check = element("input", {
      type: "checkbox", checked: this.#selected.has(letter.id), "aria-label": `Select ${name}`, "data-action": `select ${letter.id}`,
      onchange: () => {
        this.#selected[check.checked ? "add" : "delete"](letter.id);
        this.#wholeCode = false;
        this.#drawSelection();
      },
    });
    return element("li", { class: "letter", "data-id": letter.id },
      check,
      element("div", { class: "letter-text" },
        element("h3", { dir: "auto", textContent: name }),
        element("p", {}, element("code", { textContent: letter.code }), ` ${letter.detail ?? ""}`),
        element("p", { class: "meta" }, "Failed ",
          element("time", { dateTime: letter.lastFailedAt ?? "", textContent: letter.lastFailedAt ? ago(letter.lastFailedAt) : "" }),
          ` after ${count(letter.attempts, "attempt")} · ${letter.id}`),
        letter.stack
          ? element("details", { open, "data-id": letter.id },
              element("summary", { textContent: "Where it failed" }),
              element("pre", { tabIndex: 0, textContent: letter.stack }))
          : null),
      element("div", { class: "letter-actions" },
        letter.replayable ? this.#button("Replay", name, letter, "small") : null,
        this.#button("Delete", name, letter, "small danger")));
  }

  #button(label, name, letter, style) {
    return element("button", {
      type: "button", class: style, textContent: label, "aria-label": `${label} ${name}`, "data-action": `${label} ${letter.id}`,
      onclick: () => {
        this.#select([letter]);
        return label === "Replay" ? this.#replay() : this.#delete();
      },
    });
  }

  #select(letters) {
    this.#selected = new Set(letters.map(({ id }) => id));
    this.#wholeCode = false;
    this.#list.querySelectorAll("input[type=checkbox]").forEach((box) => {
      box.checked = this.#selected.has(box.closest("li").dataset.id);
    });
    this.#drawSelection();
  }

  /** The numbers on the buttons. */
  #drawSelection() {
    const { chosen, replayable } = this.#counts();
    const letters = this.#visible();
    const all = byId("select-all");
    all.checked = letters.length > 0 && this.#selected.size >= letters.length;
    all.indeterminate = this.#selected.size > 0 && !all.checked;
    byId("selected-count").textContent = chosen > 0 ? `${count(chosen, "dead letter")} selected` : "Select all shown";
    byId("replay-selected").hidden = replayable === 0;
    byId("replay-selected").textContent = `Replay ${replayable.toLocaleString("en")}`;
    byId("delete-selected").hidden = chosen === 0;
    byId("delete-selected").textContent = `Delete ${chosen.toLocaleString("en")}`;
    const code = this.#codes.find((one) => one.code === this.#code);
    byId("select-code").hidden = !(code && all.checked && !this.#wholeCode && code.count > letters.length);
    byId("select-code").textContent = code ? `Select all ${code.count.toLocaleString("en")} with ${code.code}` : "";
  }

  #counts() {
    if (this.#wholeCode) {
      const code = this.#codes.find((one) => one.code === this.#code);
      return { chosen: code.count, replayable: code.replayable ? code.count : 0 };
    }
    const chosen = this.#chosen();
    return { chosen: chosen.length, replayable: chosen.filter((letter) => letter.replayable).length };
  }

  #chosen() {
    return this.#visible().filter(({ id }) => this.#selected.has(id));
  }

  #replay() {
    const { replayable } = this.#counts();
    this.#later(`${count(replayable, "dead letter")} replayed`, {
      letters: this.#concerned().filter((letter) => letter.replayable),
      method: "POST",
      ofCode: (code) => `admin/dead-letters/replay?code=${code}`,
      ofId: (id) => `admin/dead-letters/${id}/replay`,
    });
  }

  #delete() {
    const { chosen } = this.#counts();
    this.#later(`${count(chosen, "dead letter")} deleted`, {
      letters: this.#concerned(),
      method: "DELETE",
      ofCode: (code) => `admin/dead-letters?code=${code}`,
      ofId: (id) => `admin/dead-letters/${id}`,
    });
  }

  #concerned() {
    return this.#wholeCode ? this.#letters : this.#chosen();
  }

  /** Hides the letters at once, and calls the server when the time for undo is over. */
  #later(text, { letters, method, ofCode, ofId }) {
    const whole = this.#wholeCode && this.#code;
    letters.forEach(({ id }) => this.#hidden.add(id));
    this.#select([]);
    this.#draw();
    byId("select-all").focus();
    const show = () => letters.forEach(({ id }) => this.#hidden.delete(id));
    undoable(text, {
      commit: async () => {
        await this.#change(() => (whole
          ? this.#call(ofCode(encodeURIComponent(whole)), { method, keepalive: true })
          : this.#each(letters, (id) => this.#call(ofId(id), { method, keepalive: true }))));
        show();
      },
      undo: () => {
        show();
        this.#draw();
      },
    });
  }

  async #each(letters, call) {
    const left = [...letters];
    const some = async () => {
      while (left.length > 0) {
        try {
          await call(left.shift().id);
        } catch (problem) {
          if (problem.code !== "not-found") { // somebody else was faster: the new list shows it
            throw problem;
          }
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, some));
  }

  async #change(change) {
    try {
      await change();
    } catch (problem) {
      announce(explain(problem).title);
      this.#failed(problem);
      return;
    }
    await this.refresh().catch(this.#failed);
  }
}
