// Files from the visitor's disk and back to it; nothing goes anywhere else.

import { zip } from "./zip.mjs";

/** Bytes of one file: far more than any policy or list. */
const LARGEST = 2_000_000;
const decoder = new TextDecoder("utf-8", { fatal: true });

/** A path that a document can refer to. @param {string} path */
export const isPath = (path) => /^[^/\\\u0000]+(\/[^/\\\u0000]+)*$/.test(path) && !path.split("/").some((part) => part === "." || part === "..");

/** @param {string} path */
export const isDocument = (path) => /\.(ya?ml|json)$/i.test(path);

/**
 * Reads chosen files. Of a folder, paths are inside it.
 * @param {FileList} chosen
 * @returns {Promise<{ files: Record<string, string>, refused: { name: string, why: "tooLarge" | "notText" }[] }>}
 */
export async function readFiles(chosen) {
  /** @type {Record<string, string>} */
  const files = {};
  /** @type {{ name: string, why: "tooLarge" | "notText" }[]} */
  const refused = [];
  for (const file of chosen) {
    const path = file.webkitRelativePath ? file.webkitRelativePath.split("/").slice(1).join("/") : file.name;
    if (file.webkitRelativePath && !/\.(ya?ml|json|csv|tsv|txt)$/i.test(path)) continue;
    if (!isPath(path)) continue;
    if (file.size > LARGEST) {
      refused.push({ name: path, why: "tooLarge" });
      continue;
    }
    try {
      files[path] = decoder.decode(await file.arrayBuffer());
    } catch {
      refused.push({ name: path, why: "notText" });
    }
  }
  return { files, refused };
}

/** Lets the visitor choose. @param {{ folder: boolean }} what @returns {Promise<FileList | null>} */
export function choose({ folder }) {
  const input = document.createElement("input");
  input.type = "file";
  input.multiple = true;
  if (folder) input.webkitdirectory = true;
  else input.accept = ".yaml,.yml,.json,.csv,.tsv,.txt";
  return new Promise((resolve) => {
    input.addEventListener("change", () => resolve(input.files));
    input.addEventListener("cancel", () => resolve(null));
    input.click();
  });
}

/** @param {string} name @param {BlobPart} content @param {string} type */
function save(name, content, type) {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The download has its own hold on the content by then.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** @param {string} path @param {string} text */
export const saveFile = (path, text) => save(path.split("/").at(-1) ?? path, text, "text/plain;charset=utf-8");

/** @param {string} name @param {Record<string, string>} files */
export const saveAll = (name, files) => save(`${name}.zip`, zip(files), "application/zip");
