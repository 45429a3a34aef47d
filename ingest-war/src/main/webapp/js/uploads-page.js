/** The upload page. */
import { AccessKey, askForKey } from "./access-key.js";
import { acceptOf, capabilities, formatsInWords } from "./capabilities.js";
import { Details } from "./details.js";
import { announce, byId, element } from "./dom.js";
import { saveAll } from "./downloads.js";
import { bytes, count, limit } from "./format.js";
import { Gallery } from "./gallery.js";
import { JobHistory } from "./history.js";
import { ImageJob } from "./image-job.js";
import { takeFiles } from "./intake.js";
import { explain } from "./messages.js";
import { sampleButtons } from "./samples.js";
import { undoable } from "./undo.js";
import { UploadOptions } from "./upload-options.js";

const UNSENT = "thumbnailer.unsent";

/** A screen reader hears a summary at most this often, in ms. */
const QUIET = 4_000;

const accessKey = new AccessKey("key");
const options = new UploadOptions();
const jobs = new Set();
const byJobId = new Map();
const gallery = new Gallery(accessKey, (job) => details.open(job));
const details = new Details(accessKey, { remove, leave, neighbours: () => gallery.shown(), closed: (job) => job && gallery.focus(job) });
const history = new JobHistory(takeUp);
let offer;
let packing;
let summaryDue;
let spokenAt = 0;
let lastWords = "";

takeFiles({ pickers: [byId("files"), byId("folder")], veil: byId("veil"), take });
byId("samples").append(...sampleButtons(element, (file) => take([file])));
byId("key").addEventListener("click", async () => {
  if (await askForKey(accessKey)) {
    await learn();
  }
});
byId("clear").addEventListener("click", clear);
byId("retry").addEventListener("click", () => [...jobs].filter((job) => job.again).forEach((job) => job.tryAgain()));
byId("download").addEventListener("click", download);
byId("unsent-close").addEventListener("click", () => {
  byId("unsent").hidden = true;
});
window.addEventListener("beforeunload", (event) => {
  if ([...jobs].some((job) => job.unsent)) {
    event.preventDefault();
  }
});
window.addEventListener("pagehide", () => {
  const names = [...jobs].filter((job) => job.unsent).map((job) => job.name);
  if (names.length > 0) {
    sessionStorage.setItem(UNSENT, JSON.stringify(names));
  }
});
window.addEventListener("pageshow", (event) => {
  if (event.persisted) { // by Back, with the page as it was left
    takeUp(history.entries());
  }
});

showUnsent();
learn();
takeUp(history.entries());

async function learn() {
  offer = (await capabilities(accessKey.value)) ?? offer;
  if (!offer) {
    return;
  }
  options.show(offer);
  byId("files").accept = acceptOf(offer);
  byId("limits").textContent = `${formatsInWords(offer)} · up to ${limit(offer.limits.maxBytes)} each`;
  byId("needs-key").hidden = offer.rights.upload;
}

function take(files) {
  const added = files.map((file) => new ImageJob({ file, offer, fields: options.fields, accessKey, changed }));
  added.forEach((job) => jobs.add(job));
  gallery.add(added);
  announce(`${count(files.length, "image")} added`);
  lastWords = "";
  summarize();
  added.forEach((job) => job.run());
}

/** Follows the jobs of the history that this page does not show, and drops those that are gone from it. */
function takeUp(entries) {
  const known = new Set(entries.map(({ id }) => id));
  const added = entries.filter(({ id }) => !byJobId.has(id)).map((entry) => {
    const job = new ImageJob({ entry, accessKey, changed });
    jobs.add(job);
    byJobId.set(entry.id, job);
    return job;
  });
  gallery.add(added);
  added.forEach((job) => job.resume());
  for (const [id, job] of byJobId) {
    if (!known.has(id) && job.ended && job.file === undefined) {
      forget(job);
    }
  }
  summarize();
}

function changed(job) {
  if (!jobs.has(job)) {
    return;
  }
  if (job.replaced) { // it is tried again as another job
    byJobId.delete(job.replaced);
    history.remove([job.replaced]);
    job.replaced = undefined;
  }
  if (job.id && !byJobId.has(job.id)) {
    byJobId.set(job.id, job);
  }
  gallery.update(job);
  if (details.job === job) {
    details.draw();
  }
  if (job.id) {
    const gone = job.state === "failed" && job.explanation?.title === explain({ code: "not-found" }).title;
    if (gone && !job.file) { // a job of the history whose time is over
      forget(job);
      history.remove([job.id]);
    } else {
      history.put({ id: job.id, name: job.name, size: job.size, at: job.at, ended: job.ended });
    }
  }
  summarizeSoon();
}

function summarizeSoon() {
  summaryDue ??= setTimeout(summarize, 100);
}

function summarize() {
  clearTimeout(summaryDue);
  summaryDue = undefined;
  const all = [...jobs];
  const done = all.filter((job) => job.state === "done");
  const failed = all.filter((job) => job.state === "failed");
  const running = all.length - done.length - failed.length;
  byId("results").hidden = all.length === 0;
  document.body.classList.toggle("has-jobs", all.length > 0);
  byId("clear").hidden = done.length + failed.length === 0;
  byId("retry").hidden = !failed.some((job) => job.again);
  byId("download").hidden = done.length === 0;
  byId("overall").hidden = running === 0;
  byId("overall").value = all.length === 0 ? 0 : (done.length + failed.length) / all.length;
  gallery.count(all);
  const made = done.reduce((sum, job) => sum + job.renditions.length, 0);
  const size = done.reduce((sum, job) => sum + job.renditions.reduce((part, rendition) => part + rendition.bytes, 0), 0);
  byId("summary").textContent = [
    `${done.length} of ${count(all.length, "image")} done`,
    failed.length > 0 ? `${failed.length} failed` : "",
    made > 0 ? `${count(made, "thumbnail")}, ${bytes(size)}` : "",
  ].filter(Boolean).join(" · ");
  document.title = running > 0 ? `${done.length + failed.length}/${all.length} · Thumbnailer` : "Thumbnailer";
  speak(running, `${done.length} of ${count(all.length, "image")} done${failed.length > 0 ? `, ${failed.length} failed` : ""}`);
}

/** The end is always announced, intermediate states only occasionally. */
function speak(running, words) {
  const atEnd = running === 0;
  if (words === lastWords || jobs.size === 0 || (!atEnd && Date.now() - spokenAt < QUIET)) {
    return;
  }
  lastWords = words;
  spokenAt = Date.now();
  announce(words);
}

function forget(job) {
  job.stop();
  jobs.delete(job);
  if (job.id) {
    byJobId.delete(job.id);
  }
  gallery.remove(job);
}

/** Removes a job from the page; the server keeps it. */
function leave(job) {
  details.close();
  forget(job);
  if (job.id) {
    history.remove([job.id]);
  }
  summarize();
}

function remove(job) {
  details.close();
  forget(job);
  summarize();
  undoable(`${job.name} deleted`, {
    commit: async () => {
      history.remove([job.id]);
      try {
        await job.delete();
      } catch (problem) {
        if (problem.code !== "not-found") {
          restore(job);
          announce(`${job.name} was not deleted: ${explain(problem).title}`);
        }
      }
    },
    undo: () => restore(job),
  });
}

function restore(job) {
  jobs.add(job);
  byJobId.set(job.id, job);
  gallery.add([job]);
  gallery.focus(job);
  if (!job.ended) {
    job.resume();
  }
  changed(job);
}

function clear() {
  const ended = [...jobs].filter((job) => job.ended);
  ended.forEach(forget);
  summarize();
  byId("files").focus();
  undoable(`${count(ended.length, "image")} cleared from this page`, {
    commit: () => history.remove(ended.map((job) => job.id).filter(Boolean)),
    undo: () => {
      ended.forEach((job) => {
        jobs.add(job);
        if (job.id) {
          byJobId.set(job.id, job);
        }
      });
      gallery.add(ended);
      summarize();
    },
  });
}

async function download() {
  const button = byId("download");
  if (packing) {
    packing.abort();
    return;
  }
  packing = new AbortController();
  try {
    const { packed, missing } = await saveAll([...jobs].filter((job) => job.state === "done"), {
      key: accessKey.value,
      signal: packing.signal,
      onProgress: (done, all) => {
        button.textContent = `Packing ${done} of ${all} · Cancel`;
      },
    });
    announce(`${count(packed, "thumbnail")} in thumbnails.zip${missing > 0 ? `, ${missing} could not be fetched` : ""}`);
    byId("download-note").textContent = missing > 0 ? `${count(missing, "thumbnail")} could not be fetched and ${missing === 1 ? "is" : "are"} not in the ZIP file.` : "";
  } catch (error) {
    if (!packing.signal.aborted) {
      byId("download-note").textContent = error.message;
      announce(error.message);
    }
  } finally {
    packing = undefined;
    button.textContent = "Download all";
  }
}

/** Files do not survive a reload, but their names do. */
function showUnsent() {
  const names = JSON.parse(sessionStorage.getItem(UNSENT) ?? "[]");
  sessionStorage.removeItem(UNSENT);
  if (names.length === 0) {
    return;
  }
  const shown = names.slice(0, 3).join(", ");
  byId("unsent-text").textContent =
    `${count(names.length, "image was", "images were")} not sent before this page was closed: ${shown}${names.length > 3 ? ` and ${names.length - 3} more` : ""}. Choose ${names.length === 1 ? "it" : "them"} again.`;
  byId("unsent").hidden = false;
}
