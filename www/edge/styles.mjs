// How the edge's own pages look: as the landing page, whose colours and sizes are in www/site/styles/tokens.css. The edge has them once more, for it is deployed without the site's sources.

const LIGHT = {
  paper: "#fbfaf6", raised: "#ffffff", sunk: "#f3f1ea", ink: "#1a201d", soft: "#545d58", line: "#dedbd1", edge: "#858d87", accent: "#0b5d48", "accent-strong": "#084a39", "on-accent": "#ffffff",
  tint: "#e3efe9", wrong: "#a5281b", "wrong-tint": "#fbece9", shadow: "0 1px 2px rgb(26 32 29 / 5%), 0 18px 40px -18px rgb(26 32 29 / 22%)",
  sans: '-apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif',
};
const DARK = {
  paper: "#121614", raised: "#1a1f1c", sunk: "#171c19", ink: "#eceee9", soft: "#a9b2ac", line: "#2e3531", edge: "#77817b", accent: "#7fd1b2", "accent-strong": "#a3e2ca", "on-accent": "#07231a",
  tint: "#1c302a", wrong: "#ff9d8e", "wrong-tint": "#35201d", shadow: "0 1px 2px rgb(0 0 0 / 40%), 0 20px 44px -18px rgb(0 0 0 / 70%)",
};
const CHINESE = { sans: '-apple-system, "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", "Segoe UI", Roboto, Arial, sans-serif' };

/** @param {Record<string, string>} tokens */
const declared = (tokens) => Object.entries(tokens).map(([name, value]) => `  --${name}: ${value};\n`).join("");

export const STYLES = `:root {
  color-scheme: light dark;
${declared(LIGHT)}}
:lang(zh) {
${declared(CHINESE)}}
@media (prefers-color-scheme: dark) {
:root {
${declared(DARK)}}
}
*, ::before, ::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--sunk); color: var(--ink); font: 400 1.0625rem/1.6 var(--sans); font-variant-numeric: tabular-nums; overflow-wrap: break-word; }
:lang(zh) body { line-height: 1.75; }
h1, p, ul, fieldset, legend { margin: 0; padding: 0; }
ul { list-style: none; }
main { width: min(100% - 2.5rem, 44rem); margin: 0 auto; padding-block: clamp(2rem, 6vw, 4.5rem); }
h1 { font-size: clamp(1.5rem, 1.2rem + 2.2vw, 2.25rem); font-weight: 640; line-height: 1.2; letter-spacing: -0.022em; text-wrap: balance; }
:lang(zh) h1 { letter-spacing: 0.005em; line-height: 1.32; }
.lead { color: var(--soft); margin-top: 0.75rem; font-size: 1.125rem; line-height: 1.55; }
a { color: var(--accent); text-underline-offset: 0.22em; text-decoration-thickness: 1px; }
a:hover { color: var(--accent-strong); text-decoration-thickness: 2px; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; border-radius: 4px; }
.back { margin-top: 1.75rem; }
.card { margin-top: 2rem; padding: clamp(1.375rem, 4vw, 2.75rem); background: var(--raised); border: 1px solid var(--line); border-radius: 16px; box-shadow: var(--shadow); }
.question { border: 0; min-width: 0; }
.question ~ .question { margin-top: 2.25rem; }
.question > legend, .question > label { display: block; font-weight: 600; line-height: 1.4; padding-bottom: 0.6rem; }
.mark { color: var(--accent); font-size: 0.875rem; font-weight: 400; margin-left: 0.4rem; }
.help { color: var(--soft); font-size: 0.9375rem; line-height: 1.5; margin: -0.35rem 0 0.75rem; }
.question > input { width: 100%; min-height: 3rem; padding: 0.55rem 0.9rem; border: 1px solid var(--edge); border-radius: 8px; background: var(--paper); color: var(--ink); font: inherit; font-variant-numeric: inherit; }
.question > input:hover { border-color: var(--ink); }
.question > input:focus-visible { outline-offset: 0; border-color: var(--accent); border-radius: 8px; }
.question > input[inputmode="numeric"] { width: 9rem; }
.choices { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0.5rem; }
.choices[data-count="3"], .choices[data-count="9"], .choices[data-count="6"] { grid-template-columns: repeat(3, minmax(0, 1fr)); }
@media (max-width: 36rem) { .choices:is([data-count="3"], [data-count="6"], [data-count="9"]) { grid-template-columns: repeat(2, minmax(0, 1fr)); } }
.choice { display: flex; align-items: center; gap: 0.7rem; min-height: 3rem; padding: 0.5rem 0.9rem; border: 1px solid var(--line); border-radius: 8px; background: var(--paper); line-height: 1.35; cursor: pointer; }
.choice:hover { border-color: var(--edge); }
.choice:has(:checked) { border-color: var(--accent); background: var(--tint); box-shadow: inset 0 0 0 1px var(--accent); }
.choice:has(:focus-visible) { outline: 3px solid var(--accent); outline-offset: 2px; }
.choice input { appearance: none; flex: none; width: 1.125rem; height: 1.125rem; margin: 0; border: 1.5px solid var(--edge); border-radius: 50%; background: var(--raised); cursor: pointer; }
.choice input:checked { border: 0.36rem solid var(--accent); background: var(--on-accent); }
.choice input:focus-visible { outline: none; }
.error { display: flex; gap: 0.5rem; align-items: baseline; color: var(--wrong); font-size: 0.9688rem; line-height: 1.45; margin-top: 0.6rem; }
.error::before { content: "!"; flex: none; display: inline-grid; place-items: center; width: 1.2rem; height: 1.2rem; border-radius: 50%; background: var(--wrong); color: var(--raised); font-size: 0.8125rem; font-weight: 700; line-height: 1; }
.card ul { margin-bottom: 1.75rem; padding: 0.3rem 1.1rem 0.9rem; border: 1px solid var(--wrong); border-radius: 8px; background: var(--wrong-tint); }
input[aria-invalid="true"] { border-color: var(--wrong); box-shadow: inset 0 0 0 1px var(--wrong); }
fieldset[aria-invalid="true"] .choice { border-color: var(--wrong); }
button { width: 100%; min-height: 3rem; margin-top: 2.5rem; padding: 0.55rem 1.5rem; border: 1px solid var(--accent); border-radius: 8px; background: var(--accent); color: var(--on-accent); font: inherit; font-weight: 600; cursor: pointer; }
button:hover { background: var(--accent-strong); border-color: var(--accent-strong); }
`;
