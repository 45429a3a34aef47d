/** Tabs, by the pattern of the ARIA Authoring Practices: arrows move, the panel follows. */
import { byId } from "./dom.js";

export class Tabs {
  #tabs;
  #shown;

  /** @param shown is called with a panel's id when it comes into view */
  constructor(list, shown) {
    this.#tabs = [...list.querySelectorAll("[role=tab]")];
    this.#shown = shown;
    for (const tab of this.#tabs) {
      tab.addEventListener("click", () => this.select(tab));
    }
    list.addEventListener("keydown", (event) => {
      const at = this.#tabs.indexOf(document.activeElement);
      const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: this.#tabs.length - 1 }[event.key];
      if (to !== undefined) {
        event.preventDefault();
        const tab = this.#tabs.at(to % this.#tabs.length);
        this.select(tab);
        tab.focus();
      }
    });
    this.select(this.#tabs.find((tab) => `#${tab.getAttribute("aria-controls")}` === location.hash) ?? this.#tabs[0]);
  }

  get selected() {
    return this.#tabs.find((tab) => tab.getAttribute("aria-selected") === "true").getAttribute("aria-controls");
  }

  select(selected) {
    for (const tab of this.#tabs) {
      const isSelected = tab === selected;
      tab.setAttribute("aria-selected", String(isSelected));
      tab.tabIndex = isSelected ? 0 : -1;
      byId(tab.getAttribute("aria-controls")).hidden = !isSelected;
    }
    const panel = selected.getAttribute("aria-controls");
    window.history.replaceState(null, "", `#${panel}`);
    this.#shown(panel);
  }
}
