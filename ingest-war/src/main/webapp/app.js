const jobs = document.getElementById("jobs");
const picker = document.getElementById("files");

picker.addEventListener("change", () => {
  uploadAll(picker.files);
  picker.value = "";
});

document.addEventListener("dragover", (event) => {
  event.preventDefault();
  document.body.classList.add("dragging");
});
document.addEventListener("dragleave", () => document.body.classList.remove("dragging"));
document.addEventListener("drop", (event) => {
  event.preventDefault();
  document.body.classList.remove("dragging");
  uploadAll(event.dataTransfer.files);
});

function uploadAll(files) {
  for (const file of files) {
    upload(file, addEntry(file.name));
  }
}

function element(tag, className, text) {
  const created = document.createElement(tag);
  created.className = className;
  created.textContent = text;
  return created;
}

function addEntry(name) {
  const item = document.createElement("li");
  const status = element("p", "status", "Uploading");
  const progress = document.createElement("progress");
  progress.setAttribute("aria-label", `Upload of ${name}`);
  progress.max = 1;
  item.append(element("div", "name", name), status, progress);
  jobs.prepend(item);
  return { item, status, progress };
}

function upload(file, entry) {
  const form = new FormData();
  form.append("file", file);
  const request = new XMLHttpRequest();
  request.open("POST", "upload");
  request.responseType = "json";
  request.upload.addEventListener("progress", (event) => {
    entry.progress.value = event.total ? event.loaded / event.total : 0;
  });
  request.addEventListener("load", () => {
    entry.progress.remove();
    if (request.status === 202) {
      follow(request.response.jobs[0].links.self, entry, 300);
    } else {
      fail(entry, request.response?.detail ?? `The server answered ${request.status}`, () => retry(file, entry));
    }
  });
  request.addEventListener("error", () => {
    fail(entry, "The server cannot be reached", () => retry(file, entry));
  });
  request.send(form);
}

function retry(file, entry) {
  entry.item.remove();
  upload(file, addEntry(file.name));
}

async function follow(url, entry, delay) {
  try {
    const response = await fetch(url);
    const job = await response.json();
    if (!response.ok) {
      throw new Error(job.detail);
    }
    if (job.status === "DONE") {
      entry.status.textContent = "Done";
      showThumbnails(job.renditions, entry);
    } else if (job.status === "FAILED") {
      fail(entry, job.error?.detail ?? "The job failed");
    } else {
      entry.status.textContent = { QUEUED: "Waiting", PROCESSING: "Working", RETRYING: "Trying again" }[job.status];
      setTimeout(() => follow(url, entry, Math.min(delay * 1.5, 2000)), delay);
    }
  } catch (error) {
    fail(entry, error.message, () => follow(url, entry, 300));
  }
}

function showThumbnails(renditions, entry) {
  const list = element("div", "thumbnails", "");
  const bySize = Object.entries(renditions).sort(([, a], [, b]) => a.width - b.width);
  for (const [name, rendition] of bySize) {
    const image = document.createElement("img");
    image.src = rendition.url;
    image.width = rendition.width;
    image.height = rendition.height;
    image.alt = `Thumbnail ${name}`;
    const link = document.createElement("a");
    link.href = rendition.url;
    link.append(image);
    const figure = document.createElement("figure");
    const kilobytes = (rendition.bytes / 1024).toFixed(1);
    figure.append(link, element("figcaption", "", `${name}, ${rendition.width}×${rendition.height}, ${kilobytes} KB`));
    list.append(figure);
  }
  entry.item.append(list);
}

function fail(entry, detail, again) {
  entry.status.textContent = detail;
  entry.status.classList.add("error");
  if (again) {
    const button = element("button", "", "Try again");
    button.type = "button";
    button.addEventListener("click", () => {
      button.remove();
      entry.status.classList.remove("error");
      again();
    });
    entry.item.append(button);
  }
}
