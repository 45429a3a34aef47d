/** Sends a test load to a local server with open access. */
import { capabilities } from "./capabilities.js";
import { announce, byId } from "./dom.js";
import { Problem } from "./http.js";
import { explain } from "./messages.js";
import { testLoad } from "./samples.js";
import { TaskLimiter } from "./task-limiter.js";

const LOCAL = ["localhost", "127.0.0.1", "[::1]"];
const WIDTH = 1200;
const HEIGHT = 800;

export async function offerTestLoad() {
  const offer = await capabilities();
  if (offer?.access !== "open" || !LOCAL.includes(location.hostname)) {
    return;
  }
  byId("test-load").hidden = false;
  byId("test-load").addEventListener("click", () => byId("load-dialog").showModal());
  byId("load-dialog").addEventListener("close", () => {
    if (byId("load-dialog").returnValue === "send") {
      send(Number(byId("load-count").value), byId("load-priority").value, offer.limits.maxFiles);
    }
  });
}

async function send(wanted, priority, perRequest) {
  const button = byId("test-load");
  button.disabled = true;
  const limiter = new TaskLimiter(2);
  const never = new AbortController().signal;
  let sent = 0;
  try {
    const files = await testLoad(wanted, WIDTH, HEIGHT);
    const requests = [];
    for (let from = 0; from < files.length; from += perRequest) {
      requests.push(limiter.run(never, async () => {
        const part = files.slice(from, from + perRequest);
        await post(part, priority);
        sent += part.length;
        button.textContent = `${sent} of ${wanted} sent`;
      }));
    }
    await Promise.all(requests);
    announce(`A test load of ${wanted} images was sent`);
  } catch (problem) {
    announce(`The test load ended after ${sent} images: ${explain(problem).title}`);
  } finally {
    button.disabled = false;
    button.textContent = "Send a test load";
  }
}

async function post(files, priority) {
  const form = new FormData();
  form.append("priority", priority);
  files.forEach((file) => form.append("file", file, file.name));
  const response = await fetch("upload", { method: "POST", body: form });
  if (!response.ok) {
    throw Problem.of(response.status, await response.json().catch(() => null), response.headers.get("Retry-After"));
  }
}
