/** Accepts files by drop, paste and file chooser. */

import { isSystemFile } from "./file-check.js";

/** Calls `take` with the files, an array that is never empty. */
export function takeFiles({ pickers, veil, take }) {
  const give = (files) => {
    if (files.length > 0) {
      take([...files]);
    }
  };

  for (const picker of pickers) {
    picker.addEventListener("change", () => {
      give([...picker.files].filter((file) => !picker.webkitdirectory || !isSystemFile(file.name)));
      picker.value = ""; // so that the same file can be picked again
    });
  }

  document.addEventListener("paste", (event) => {
    give(event.clipboardData?.files ?? []);
  });

  // Entering a child fires before leaving its parent, so the depth is needed to detect that the page is left.
  let depth = 0;
  const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
  const show = (visible) => {
    veil.hidden = !visible;
  };
  document.addEventListener("dragenter", (event) => {
    if (carriesFiles(event)) {
      event.preventDefault();
      depth++;
      show(true);
    }
  });
  document.addEventListener("dragover", (event) => {
    if (carriesFiles(event)) {
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
    }
  });
  document.addEventListener("dragleave", (event) => {
    if (carriesFiles(event)) {
      depth = Math.max(0, depth - 1);
      show(depth > 0);
    }
  });
  document.addEventListener("drop", async (event) => {
    if (!carriesFiles(event)) {
      return;
    }
    event.preventDefault();
    depth = 0;
    show(false);
    const files = await filesOf(event.dataTransfer);
    give(files.length > 1 ? files.filter((file) => !isSystemFile(file.name)) : files);
  });
}

/** The dropped files, including those in dropped directories. */
async function filesOf(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.());
  if (!entries.some((entry) => entry?.isDirectory)) {
    return [...transfer.files];
  }
  return (await Promise.all(entries.filter(Boolean).map(filesIn))).flat();
}

async function filesIn(entry) {
  if (entry.isFile) {
    return [await new Promise((resolve, reject) => entry.file(resolve, reject))];
  }
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) {
      return found;
    }
    found.push(...(await Promise.all(some.map(filesIn))).flat());
  }
}
