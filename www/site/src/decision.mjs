// What the visitor is told while answering.

import { element, messages, texts } from "./page.mjs";

/** @param {string} id */
const sentence = (id) => messages[id] ?? messages.thanks;

/**
 * Shows what can still come out; where that is what is shown already, nothing changes and nothing is announced.
 * @param {HTMLElement} place
 * @param {string[] | null} possible ids of messages; null before there is an answer
 * @param {boolean} last nothing more is asked after this step
 */
export function showDecision(place, possible, last) {
  const key = possible === null ? "" : `${possible.join()} ${last}`;
  if (place.dataset.possible === key) return;
  place.dataset.possible = key;
  const { decision } = texts;
  const stands = element("div", { class: "said" });
  if (possible === null) stands.append(element("p", { class: "stands" }, [decision.loading]));
  else if (possible.length === 1) stands.append(element("p", { class: "stands" }, [decision.settled]), element("p", { class: "message" }, [sentence(possible[0])]));
  else stands.append(element("p", { class: "stands" }, [last ? decision.last : decision.open]), element("ul", {}, possible.map((id) => element("li", { class: "message" }, [sentence(id)]))));
  place.querySelector(".said")?.replaceWith(stands);
}
