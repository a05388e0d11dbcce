// Reading many properties of one object.
//
// A loop over the names would be one place that reads many names, and engines give up on those. Here each of the first names has a place of its own,
// which sees one name. A place also gives up on more than four shapes of objects; so there are four readers, each of which sees the leads with some
// numbers of properties: leads differ in shape mostly by what they lack. Written out, for copies of one function would share what their places have seen.

/** @typedef {(object: Record<string, unknown>, names: string[], values: unknown[]) => void} Reader */

/** @type {Reader} */
function reader0(object, names, values) {
  switch (Math.min(names.length, 32)) {
    case 32: values[31] = object[names[31]];
    case 31: values[30] = object[names[30]];
    case 30: values[29] = object[names[29]];
    case 29: values[28] = object[names[28]];
    case 28: values[27] = object[names[27]];
    case 27: values[26] = object[names[26]];
    case 26: values[25] = object[names[25]];
    case 25: values[24] = object[names[24]];
    case 24: values[23] = object[names[23]];
    case 23: values[22] = object[names[22]];
    case 22: values[21] = object[names[21]];
    case 21: values[20] = object[names[20]];
    case 20: values[19] = object[names[19]];
    case 19: values[18] = object[names[18]];
    case 18: values[17] = object[names[17]];
    case 17: values[16] = object[names[16]];
    case 16: values[15] = object[names[15]];
    case 15: values[14] = object[names[14]];
    case 14: values[13] = object[names[13]];
    case 13: values[12] = object[names[12]];
    case 12: values[11] = object[names[11]];
    case 11: values[10] = object[names[10]];
    case 10: values[9] = object[names[9]];
    case 9: values[8] = object[names[8]];
    case 8: values[7] = object[names[7]];
    case 7: values[6] = object[names[6]];
    case 6: values[5] = object[names[5]];
    case 5: values[4] = object[names[4]];
    case 4: values[3] = object[names[3]];
    case 3: values[2] = object[names[2]];
    case 2: values[1] = object[names[1]];
    case 1: values[0] = object[names[0]];
    default:
  }
}

/** @type {Reader} */
function reader1(object, names, values) {
  switch (Math.min(names.length, 32)) {
    case 32: values[31] = object[names[31]];
    case 31: values[30] = object[names[30]];
    case 30: values[29] = object[names[29]];
    case 29: values[28] = object[names[28]];
    case 28: values[27] = object[names[27]];
    case 27: values[26] = object[names[26]];
    case 26: values[25] = object[names[25]];
    case 25: values[24] = object[names[24]];
    case 24: values[23] = object[names[23]];
    case 23: values[22] = object[names[22]];
    case 22: values[21] = object[names[21]];
    case 21: values[20] = object[names[20]];
    case 20: values[19] = object[names[19]];
    case 19: values[18] = object[names[18]];
    case 18: values[17] = object[names[17]];
    case 17: values[16] = object[names[16]];
    case 16: values[15] = object[names[15]];
    case 15: values[14] = object[names[14]];
    case 14: values[13] = object[names[13]];
    case 13: values[12] = object[names[12]];
    case 12: values[11] = object[names[11]];
    case 11: values[10] = object[names[10]];
    case 10: values[9] = object[names[9]];
    case 9: values[8] = object[names[8]];
    case 8: values[7] = object[names[7]];
    case 7: values[6] = object[names[6]];
    case 6: values[5] = object[names[5]];
    case 5: values[4] = object[names[4]];
    case 4: values[3] = object[names[3]];
    case 3: values[2] = object[names[2]];
    case 2: values[1] = object[names[1]];
    case 1: values[0] = object[names[0]];
    default:
  }
}

/** @type {Reader} */
function reader2(object, names, values) {
  switch (Math.min(names.length, 32)) {
    case 32: values[31] = object[names[31]];
    case 31: values[30] = object[names[30]];
    case 30: values[29] = object[names[29]];
    case 29: values[28] = object[names[28]];
    case 28: values[27] = object[names[27]];
    case 27: values[26] = object[names[26]];
    case 26: values[25] = object[names[25]];
    case 25: values[24] = object[names[24]];
    case 24: values[23] = object[names[23]];
    case 23: values[22] = object[names[22]];
    case 22: values[21] = object[names[21]];
    case 21: values[20] = object[names[20]];
    case 20: values[19] = object[names[19]];
    case 19: values[18] = object[names[18]];
    case 18: values[17] = object[names[17]];
    case 17: values[16] = object[names[16]];
    case 16: values[15] = object[names[15]];
    case 15: values[14] = object[names[14]];
    case 14: values[13] = object[names[13]];
    case 13: values[12] = object[names[12]];
    case 12: values[11] = object[names[11]];
    case 11: values[10] = object[names[10]];
    case 10: values[9] = object[names[9]];
    case 9: values[8] = object[names[8]];
    case 8: values[7] = object[names[7]];
    case 7: values[6] = object[names[6]];
    case 6: values[5] = object[names[5]];
    case 5: values[4] = object[names[4]];
    case 4: values[3] = object[names[3]];
    case 3: values[2] = object[names[2]];
    case 2: values[1] = object[names[1]];
    case 1: values[0] = object[names[0]];
    default:
  }
}

/** @type {Reader} */
function reader3(object, names, values) {
  switch (Math.min(names.length, 32)) {
    case 32: values[31] = object[names[31]];
    case 31: values[30] = object[names[30]];
    case 30: values[29] = object[names[29]];
    case 29: values[28] = object[names[28]];
    case 28: values[27] = object[names[27]];
    case 27: values[26] = object[names[26]];
    case 26: values[25] = object[names[25]];
    case 25: values[24] = object[names[24]];
    case 24: values[23] = object[names[23]];
    case 23: values[22] = object[names[22]];
    case 22: values[21] = object[names[21]];
    case 21: values[20] = object[names[20]];
    case 20: values[19] = object[names[19]];
    case 19: values[18] = object[names[18]];
    case 18: values[17] = object[names[17]];
    case 17: values[16] = object[names[16]];
    case 16: values[15] = object[names[15]];
    case 15: values[14] = object[names[14]];
    case 14: values[13] = object[names[13]];
    case 13: values[12] = object[names[12]];
    case 12: values[11] = object[names[11]];
    case 11: values[10] = object[names[10]];
    case 10: values[9] = object[names[9]];
    case 9: values[8] = object[names[8]];
    case 8: values[7] = object[names[7]];
    case 7: values[6] = object[names[6]];
    case 6: values[5] = object[names[5]];
    case 5: values[4] = object[names[4]];
    case 4: values[3] = object[names[3]];
    case 3: values[2] = object[names[2]];
    case 2: values[1] = object[names[1]];
    case 1: values[0] = object[names[0]];
    default:
  }
}

/** @type {import("./encode.mjs").Read} */
export function readValues(object, count, names, values) {
  for (let at = 32; at < names.length; at += 1) values[at] = object[names[at]];
  switch (count & 3) {
    case 0: return reader0(object, names, values);
    case 1: return reader1(object, names, values);
    case 2: return reader2(object, names, values);
    default: return reader3(object, names, values);
  }
}
