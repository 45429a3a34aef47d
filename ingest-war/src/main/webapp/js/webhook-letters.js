/** Webhook calls that were given up: `GET /admin/webhooks/dead-letters`. */
import { announce, byId, element } from "./dom.js";
import { ago, count } from "./format.js";
import { explain } from "./messages.js";
import { undoable } from "./undo.js";

const PAGE = 100;

export class WebhookLetters {
  #call;
  #hidden = new Set();

  /** @param call calls the API with the operator's key */
  constructor(call) {
    this.#call = call;
  }

  /** @param queue the figures of the webhooks' queue, of `GET /admin/queue` */
  async refresh(queue) {
    byId("webhook-figures").textContent =
      `${count(queue.backlog, "call")} waiting or in flight, ${queue.delayed.toLocaleString("en")} waiting for a retry, ${queue.deadLetters.toLocaleString("en")} given up`;
    const { deadLetters, nextCursor } = await (await this.#call(`admin/webhooks/dead-letters?limit=${PAGE}`)).json();
    const shown = deadLetters.filter(({ id }) => !this.#hidden.has(id));
    byId("webhook-empty").hidden = shown.length > 0;
    byId("webhook-table").hidden = shown.length === 0;
    byId("webhook-note").textContent = nextCursor ? `The newest ${PAGE} are shown.` : "";
    if (!byId("webhook-rows").contains(document.activeElement)) {
      byId("webhook-rows").replaceChildren(...shown.map((letter) => this.#row(letter, queue)));
    }
  }

  #row(letter, queue) {
    const button = (textContent, style, onclick) =>
      element("button", { type: "button", class: `small ${style}`, textContent, "aria-label": `${textContent} the call to ${letter.host}`, onclick });
    return element("tr", {},
      element("th", { scope: "row", textContent: letter.host }),
      element("td", {}, element("code", { textContent: letter.code }), ` ${letter.detail ?? ""}`),
      element("td", { class: "number", textContent: letter.attempts }),
      element("td", {}, element("time", { dateTime: letter.lastFailedAt, textContent: ago(letter.lastFailedAt) })),
      element("td", { class: "id", textContent: letter.job ?? "" }),
      element("td", { class: "row-buttons" },
        button("Replay", "", () => this.#change(letter, "POST", "/replay", queue)),
        button("Delete", "danger", () => this.#delete(letter, queue))));
  }

  #delete(letter, queue) {
    this.#hidden.add(letter.id);
    document.activeElement?.blur();
    this.refresh(queue);
    undoable(`Call to ${letter.host} deleted`, {
      commit: async () => {
        await this.#change(letter, "DELETE", "", queue);
        this.#hidden.delete(letter.id);
      },
      undo: () => {
        this.#hidden.delete(letter.id);
        this.refresh(queue);
      },
    });
  }

  async #change({ id }, method, what, queue) {
    try {
      await this.#call(`admin/webhooks/dead-letters/${encodeURIComponent(id)}${what}`, { method, keepalive: true });
    } catch (problem) {
      announce(explain(problem).title);
    }
    document.activeElement?.blur();
    await this.refresh(queue);
  }
}
