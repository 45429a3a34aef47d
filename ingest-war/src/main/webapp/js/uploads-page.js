/** The page of those who upload. */
import { AccessKey, askForKey } from "./access-key.js";
import { announce, byId } from "./dom.js";
import { bytes, count, saving } from "./format.js";
import { ImageJob } from "./image-job.js";
import { takeFiles } from "./intake.js";

const accessKey = new AccessKey("key");
const jobs = new Set();

takeFiles({ picker: byId("files"), veil: byId("veil"), take });
byId("key").addEventListener("click", () => askForKey(accessKey));
byId("clear").addEventListener("click", () => {
  for (const job of [...jobs].filter((one) => one.ended)) {
    job.leave();
  }
  byId("files").focus();
});

function take(files) {
  announce(`${count(files.length, "file")} added`);
  const added = files.map((file) => {
    const job = new ImageJob(file, accessKey, (left) => {
      if (left) {
        jobs.delete(job);
      }
      summarize();
    });
    jobs.add(job);
    return job;
  });
  byId("jobs").prepend(...added.map((job) => job.card.item));
  document.body.classList.add("has-jobs");
  summarize();
  added.forEach((job) => job.run());
}

function summarize() {
  const all = [...jobs];
  const done = all.filter((job) => job.card.state === "done");
  const failed = all.filter((job) => job.card.state === "failed");
  byId("results").hidden = all.length === 0;
  document.body.classList.toggle("has-jobs", all.length > 0);
  byId("clear").hidden = done.length + failed.length === 0;
  const before = done.reduce((sum, job) => sum + job.original, 0);
  const after = done.reduce((sum, job) => sum + job.thumbnailBytes, 0);
  byId("summary").textContent = [
    `${done.length} of ${count(all.length, "image")} done`,
    failed.length > 0 ? `${failed.length} failed` : "",
    before > 0 ? `${bytes(before)} became ${bytes(after)}, ${saving(after, before)}` : "",
  ].filter(Boolean).join(" · ");
}
