/** Copies text and confirms it on the button. */
import { announce, element } from "./dom.js";

const SHOWN = 2_000;

/** A button that copies the result of `text()`. */
export function copyButton(label, description, text) {
  const button = element("button", { type: "button", class: "small copy", textContent: label, "aria-label": description });
  button.addEventListener("click", async () => {
    const copied = await copy(text());
    button.textContent = copied ? "Copied" : "Not copied";
    button.classList.toggle("copied", copied);
    announce(copied ? `Copied: ${description}` : "The browser did not allow copying");
    clearTimeout(button.timer);
    button.timer = setTimeout(() => {
      button.textContent = label;
      button.classList.remove("copied");
    }, SHOWN);
  });
  return button;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

/** For pages served over plain HTTP from another machine, which have no clipboard API. */
function copyBySelection(text) {
  const area = element("textarea", { value: text, class: "visually-hidden", readOnly: true });
  const focused = document.activeElement;
  document.body.append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  focused?.focus();
  return copied;
}
