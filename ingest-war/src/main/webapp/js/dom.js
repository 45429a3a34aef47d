/** Builds elements. Text goes in as text nodes only, so a file name can never become markup. */

/**
 * An element with properties and children. `class`, `aria-*`, `data-*`, `role` and `for` are set as
 * attributes, functions as listeners (`onclick`), all else as properties.
 */
export function element(tag, properties = {}, ...children) {
  const created = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null) {
      continue;
    }
    if (name.startsWith("on")) {
      created.addEventListener(name.slice(2), value);
    } else if (name === "class" || name === "role" || name === "for" || name.includes("-")) {
      created.setAttribute(name, value);
    } else {
      created[name] = value;
    }
  }
  created.append(...children.filter((child) => child !== undefined && child !== null));
  return created;
}

export function byId(id) {
  return document.getElementById(id);
}

/** Announces a text to screen readers, after the current announcement. */
export function announce(text) {
  const region = byId("announcements");
  region.append(element("p", { textContent: text }));
  while (region.childElementCount > 5) {
    region.firstElementChild.remove();
  }
}
