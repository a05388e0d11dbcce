// Making elements. What is given as a child is text or an element, never markup.

/** @typedef {Node | string | number | false | null | undefined} Child */

/**
 * `h("button.quiet", { onclick, "aria-pressed": true, style: { "--share": 0.4 } }, "Open")`
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T | `${T}.${string}`} tag an element's name, with classes
 * @param {Record<string, any> | null} [props] attributes; `on…` are listeners; `style` is a map, for the page's policy allows no style attributes
 * @param {...(Child | Child[])} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function h(tag, props, ...children) {
  const [name, ...classes] = tag.split(".");
  const element = /** @type {HTMLElementTagNameMap[T]} */ (document.createElement(name));
  if (classes.length > 0) element.className = classes.join(" ");
  for (const [key, value] of Object.entries(props ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key === "style") for (const [property, given] of Object.entries(value)) element.style.setProperty(property, String(given));
    else if (key === "value") Object.assign(element, { value });
    else element.setAttribute(key, value === true ? "" : String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false).map((child) => (child instanceof Node ? child : String(child))));
  return element;
}

/** Text of the engine: what stands in backticks is an author's word. @param {string} text @returns {Child[]} */
export const withCode = (text) => text.split("`").map((part, at) => (at % 2 === 1 ? h("code", null, part) : part));

/** A sentence of the engine, which begins small. @param {string} text */
export const sentence = (text) => withCode(text.charAt(0).toUpperCase() + text.slice(1));

/** Replaces what an element holds. @param {Element} element @param {...(Child | Child[])} children */
export function fill(element, ...children) {
  element.replaceChildren(...h("div", null, ...children).childNodes);
}
