/** Delays an irreversible action, so that the user can undo it. */
import { announce, byId, element } from "./dom.js";

const TIME = 8_000;

let current;

/**
 * Shows a line with an Undo button. `commit` runs when the time is over, when the next such line appears,
 * or when the page is left; `undo` runs when the button is pressed.
 */
export function undoable(text, { commit, undo }) {
  current?.();
  const bar = byId("undo");
  const finish = (run) => {
    clearTimeout(timer);
    window.removeEventListener("pagehide", current);
    current = undefined;
    bar.hidden = true;
    bar.replaceChildren();
    run();
  };
  const button = element("button", { type: "button", class: "small", textContent: "Undo", onclick: () => {
    finish(undo);
    announce("Undone");
  } });
  const timer = setTimeout(() => current?.(), TIME);
  current = () => finish(commit);
  window.addEventListener("pagehide", current);
  bar.replaceChildren(element("span", { dir: "auto", textContent: text }), button);
  bar.hidden = false;
  announce(`${text}. Undo is possible for ${TIME / 1000} seconds.`);
}
