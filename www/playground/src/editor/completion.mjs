export const completion = (/** @type {any} */ _store) => [];
