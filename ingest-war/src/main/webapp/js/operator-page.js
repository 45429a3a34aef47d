/** The operator page. */
import { AccessKey } from "./access-key.js";
import { byId } from "./dom.js";
import { DeadLetters } from "./dead-letters.js";
import { Figures } from "./figures.js";
import { HistoryChart } from "./history-chart.js";
import { call } from "./http.js";
import { JobSearch } from "./job-search.js";
import { explain } from "./messages.js";
import { Tabs } from "./tabs.js";
import { offerTestLoad } from "./test-load.js";
import { WebhookLetters } from "./webhook-letters.js";
import { showWorkers } from "./workers-table.js";

const REFRESH = 2_000;

const adminKey = new AccessKey("admin-key");
const callAsOperator = (path, options) => call(path, { ...options, key: adminKey.value });
const figures = new Figures(byId("figures"));
const chart = new HistoryChart();
const deadLetters = new DeadLetters(callAsOperator, showTrouble);
const webhooks = new WebhookLetters(callAsOperator);
const jobSearch = new JobSearch(callAsOperator);
const tabs = new Tabs(byId("tabs"), () => {
  if (!byId("console").hidden) {
    refresh();
  }
});
let searched = false;
let timer;

byId("chart").append(chart.root);
byId("spans").addEventListener("change", (event) => chart.span(Number(event.target.value)));
offerTestLoad();

byId("sign-in-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  adminKey.value = byId("admin-key").value.trim();
  byId("sign-in-error").textContent = "";
  await refresh();
  if (!byId("console").hidden) {
    byId("main").focus();
  }
});
byId("sign-out").addEventListener("click", () => {
  signOut("");
  byId("admin-key").focus();
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden && adminKey.value) {
    refresh();
  }
});
if (adminKey.value) {
  refresh();
} else {
  signOut("");
}

/**
 * Loads once, and again at an interval while there is a key; a hidden tab pauses. After signing out, or in
 * with another key, this key is no longer used.
 */
async function refresh() {
  clearTimeout(timer);
  const key = adminKey.value;
  try {
    const queue = await (await callAsOperator("admin/queue")).json();
    if (adminKey.value !== key) {
      return;
    }
    const after = chart.last ? `?after=${encodeURIComponent(chart.last.at)}` : "";
    const history = await (await callAsOperator(`admin/queue/history${after}`)).json();
    await refreshTab(queue);
    if (adminKey.value !== key) {
      return;
    }
    showConsole();
    figures.show(queue);
    chart.add(history);
    byId("dead-badge").textContent = queue.deadLetters > 0 ? queue.deadLetters.toLocaleString("en") : "";
    byId("webhook-badge").textContent = queue.webhooks.deadLetters > 0 ? queue.webhooks.deadLetters.toLocaleString("en") : "";
    byId("freshness").classList.remove("stale");
    byId("freshness").textContent = "Live";
  } catch (problem) {
    if (adminKey.value !== key) {
      return;
    }
    showTrouble(problem);
  }
  if (adminKey.value && !document.hidden) {
    clearTimeout(timer);
    timer = setTimeout(refresh, REFRESH);
  }
}

/** Only visible data is requested. */
async function refreshTab(queue) {
  switch (tabs.selected) {
    case "workers":
      showWorkers(await (await callAsOperator("admin/workers")).json());
      break;
    case "dead-letters":
      await deadLetters.refresh();
      break;
    case "webhooks":
      await webhooks.refresh(queue.webhooks);
      break;
    default:
      if (!searched) {
        searched = true;
        await jobSearch.search();
      }
  }
}

function showConsole() {
  byId("sign-in").hidden = true;
  byId("console").hidden = false;
  byId("sign-out").hidden = false;
  byId("admin-key").value = "";
}

function showTrouble(problem) {
  if (problem.code === "unauthorized" || problem.code === "forbidden") {
    signOut("This is not an admin key of this server.");
    return;
  }
  const { title } = explain(problem);
  byId("freshness").classList.add("stale");
  byId("freshness").textContent = `${title}. The figures are out of date; retrying.`;
  if (byId("console").hidden) {
    byId("sign-in").hidden = false;
    byId("sign-in-error").textContent = title;
  }
}

function signOut(reason) {
  clearTimeout(timer);
  adminKey.value = undefined;
  byId("sign-in").hidden = false;
  byId("console").hidden = true;
  byId("sign-out").hidden = true;
  byId("sign-in-error").textContent = reason;
}
