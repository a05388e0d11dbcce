// The page's address says which policy is shown, so that others can link to it: `#policy=saas-inbound&lead=hot_east&lang=zh`.

/** @returns {{ policy: string | null, lead: string | null, lang: "en" | "zh" | null }} */
export function addressed() {
  const given = new URLSearchParams(location.hash.slice(1));
  const lang = given.get("lang");
  return { policy: given.get("policy"), lead: given.get("lead"), lang: lang === "en" || lang === "zh" ? lang : null };
}

/** Makes the address say what is shown. @param {Pick<import("../store.mjs").State, "example" | "locale">} state */
export function correctAddress({ example, locale }) {
  const { policy, lang } = addressed();
  const another = example !== policy;
  if (!another && (lang === null || lang === locale)) return;
  const said = new URLSearchParams(another ? "" : location.hash.slice(1));
  if (another && example !== null) said.set("policy", example);
  // A language of the reader's own is nobody else's.
  said.delete("lang");
  // Not a place to go back to: that would leave what was typed.
  history.replaceState(null, "", said.size === 0 ? location.pathname + location.search : `#${said}`);
}

/** Keeps the address true as somebody chooses another policy or language. What it asks for at first is for the menu to follow. @param {import("../store.mjs").Store} store */
export function keepAddress(store) {
  let first = true;
  store.watch(["example", "locale"], (state) => {
    if (first) return void (first = false);
    correctAddress(state);
  });
}
