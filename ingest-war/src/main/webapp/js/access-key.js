/** The API key for calls. It is kept only in the tab's session storage. */
import { byId } from "./dom.js";

/** A key under its own name, because clients and operators use different keys. */
export class AccessKey {
  #name;

  constructor(name) {
    this.#name = `thumbnailer.${name}`;
  }

  get value() {
    return sessionStorage.getItem(this.#name) ?? undefined;
  }

  set value(key) {
    if (key) {
      sessionStorage.setItem(this.#name, key);
    } else {
      sessionStorage.removeItem(this.#name);
    }
  }
}

let asking;

/**
 * Asks the user for a key in the page's dialog. Resolves to whether there is a new one. While the dialog is
 * open, other callers wait for the same answer.
 */
export function askForKey(accessKey, reason) {
  asking ??= ask(accessKey, reason).finally(() => {
    asking = undefined;
  });
  return asking;
}

async function ask(accessKey, reason) {
  const dialog = byId("key-dialog");
  const input = byId("key-value");
  if (reason) {
    byId("key-reason").textContent = reason;
  }
  byId("key-forget").hidden = !accessKey.value;
  input.value = "";
  dialog.returnValue = "cancel";
  // Enter presses the first submit button, which must not be the one that forgets
  const onEnter = (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      dialog.close("save");
    }
  };
  input.addEventListener("keydown", onEnter);
  dialog.showModal();
  input.focus();
  await new Promise((resolve) => dialog.addEventListener("close", resolve, { once: true }));
  input.removeEventListener("keydown", onEnter);
  const entered = input.value.trim();
  input.value = "";
  if (dialog.returnValue === "forget") {
    accessKey.value = undefined;
    return false;
  }
  if (dialog.returnValue === "save" && entered) {
    accessKey.value = entered;
    return true;
  }
  return false;
}
