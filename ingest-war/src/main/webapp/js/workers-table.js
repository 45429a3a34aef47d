/** The workers of `GET /admin/workers`. */
import { byId, element } from "./dom.js";
import { ago } from "./format.js";

/** Names end in a random part that distinguishes workers of one host. */
const RANDOM = /-[0-9a-f]{8}-[0-9a-f-]{27}$/;

export function showWorkers({ workers }) {
  const versions = new Set(workers.map(({ version }) => version));
  byId("workers-empty").hidden = workers.length > 0;
  byId("workers-table").hidden = workers.length === 0;
  byId("workers-rows").replaceChildren(...workers.map((worker) => element("tr", {},
    element("th", { scope: "row", title: worker.name, dir: "auto", textContent: worker.name.replace(RANDOM, (part) => `-${part.slice(1, 5)}…`) }),
    element("td", { textContent: worker.version || "unknown", class: versions.size > 1 ? "mixed" : "" }),
    element("td", {}, element("span", { class: "slots" },
      element("meter", { min: 0, max: worker.capacity, value: worker.busy, "aria-label": `Busy slots of ${worker.name}` }),
      `${worker.busy} of ${worker.capacity}`)),
    element("td", {}, element("time", { dateTime: worker.since, title: worker.since, textContent: ago(worker.since) })),
    element("td", { class: "number", textContent: worker.jobsPerMinute.toLocaleString("en") }))));
  byId("workers-note").textContent = versions.size > 1 ? `${versions.size} versions run at the same time.` : "";
}
