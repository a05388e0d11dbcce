// The page's address says which policy is shown, so that others can link to it: `#policy=saas-inbound&lead=hot_east`.

/** @returns {{ policy: string | null, lead: string | null }} */
export function addressed() {
  const given = new URLSearchParams(location.hash.slice(1));
  return { policy: given.get("policy"), lead: given.get("lead") };
}

/** Keeps the address true as somebody chooses another policy. @param {import("../store.mjs").Store} store */
export function keepAddress(store) {
  let first = true;
  store.watch(["example"], ({ example }) => {
    if (first) return void (first = false);
    if (example === addressed().policy) return;
    // Not a place to go back to: that would leave what was typed.
    history.replaceState(null, "", example === null ? location.pathname + location.search : `#policy=${encodeURIComponent(example)}`);
  });
}
