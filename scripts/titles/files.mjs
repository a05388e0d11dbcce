// The lists of titles that the titles kit is measured on. They are not part of the project: `tests/titles/LICENSES.md` says where they come from.

import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Failure } from "../failure.mjs";
import { parseCsv } from "../csv.mjs";
import { root } from "../paths.mjs";

const CHINESE = "titles/cn-job-titles-csco.csv";
const ENGLISH = "titles/onet-27.0-alternate-titles.txt";

/** The folder with the lists: the one named, `LEADGATE_DATA`, or `shared/data` beside the project. @param {string} [named] */
export function dataFolder(named) {
  return resolve(named ?? process.env.LEADGATE_DATA ?? join(root, "..", "shared", "data"));
}

/** Whether both lists are there. @param {string} folder */
export const hasTitles = (folder) => existsSync(join(folder, CHINESE)) && existsSync(join(folder, ENGLISH));

/**
 * The titles of both lists, each once, in the order of the files.
 * @param {string} folder
 * @returns {{ zh: string[], en: string[] }}
 */
export function readTitles(folder) {
  if (!hasTitles(folder)) throw new Failure(`the lists of titles are not in ${folder}`, "name the folder that holds `titles/`, as an argument or in LEADGATE_DATA; tests/titles/LICENSES.md says where they come from");
  const text = (/** @type {string} */ path) => readFileSync(join(folder, path), "utf8");
  const zh = parseCsv(text(CHINESE)).map((row) => row.job_name);
  const en = text(ENGLISH).split(/\r?\n/).slice(1).filter(Boolean).map((line) => line.split("\t")[1]);
  return { zh: [...new Set(zh)], en: [...new Set(en)] };
}

/**
 * So many of the texts, the same ones each time: those whose digest with the seed is least.
 * @param {string[]} texts
 * @param {number} count
 * @param {string} seed
 */
export function draw(texts, count, seed) {
  const digest = (/** @type {string} */ text) => createHash("sha256").update(`${seed}\0${text}`).digest("hex");
  return texts.map((text) => ({ text, digest: digest(text) })).sort((a, b) => (a.digest < b.digest ? -1 : 1)).slice(0, count).map(({ text }) => text);
}
