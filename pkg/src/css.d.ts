// A style sheet: bundlers take it for its effect, and a page links to it.
export {};
