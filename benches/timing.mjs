// How long a lead takes: CPU time, two subjects in turn in one process.
//
// On a shared machine absolute times drift by a factor; the ratio of two subjects measured within the same tenth of a second does not.

const kept = new Array(64);

/** Runs leads from `from` on, wrapping around. Results are kept for a moment, so that none can be optimised away. */
function runSync(decide, leads, from, count) {
  let index = from;
  for (let done = 0; done < count; done++) {
    kept[done & 63] = decide(leads[index]);
    if (++index === leads.length) index = 0;
  }
  return index;
}

async function runAsync(decide, leads, from, count) {
  let index = from;
  for (let done = 0; done < count; done++) {
    kept[done & 63] = await decide(leads[index]);
    if (++index === leads.length) index = 0;
  }
  return index;
}

// The call in the loop must be equally opaque for all: after these it is megamorphic, and nothing is inlined into it.
for (const decide of [() => null, () => 0, () => "", () => ({}), () => []]) runSync(decide, [1, 2, 3], 0, 3000);

/** A function to be timed over the leads, round after round, each going on where the last one stopped. */
export class Subject {
  #decide;
  #leads;
  #asynchronous;
  #from = 0;
  #batch = 1;

  constructor(decide, leads, { asynchronous = false } = {}) {
    this.#decide = decide;
    this.#leads = leads;
    this.#asynchronous = asynchronous;
  }

  /** Runs for about so many milliseconds; gives microseconds of CPU a lead. */
  async round(milliseconds) {
    const began = performance.now();
    const cpu = process.cpuUsage();
    let leads = 0;
    let elapsed = 0;
    do {
      this.#from = this.#asynchronous
        ? await runAsync(this.#decide, this.#leads, this.#from, this.#batch)
        : runSync(this.#decide, this.#leads, this.#from, this.#batch);
      leads += this.#batch;
      elapsed = performance.now() - began;
    } while (elapsed < milliseconds);
    const { user, system } = process.cpuUsage(cpu);
    // About two milliseconds between looks at the clock.
    this.#batch = Math.max(1, Math.min(10_000, Math.round((leads / elapsed) * 2)));
    return (user + system) / leads;
  }
}

/** A function that takes many leads at once. */
export class Batch {
  #decide;
  #leads;

  /** @param decide decides all of them in a call @param leads how many there are */
  constructor(decide, leads) {
    this.#decide = decide;
    this.#leads = leads;
  }

  /** As for {@link Subject}. */
  async round(milliseconds) {
    const began = performance.now();
    const cpu = process.cpuUsage();
    let calls = 0;
    do {
      kept[calls & 63] = this.#decide();
      calls++;
    } while (performance.now() - began < milliseconds);
    const { user, system } = process.cpuUsage(cpu);
    kept.fill(undefined);
    return (user + system) / (calls * this.#leads);
  }
}

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Times `subject` and `reference` in turn.
 *
 * Gives the median microseconds of both and, of the ratios of the rounds, median, least and greatest. Which of the two goes first alternates.
 */
export async function compare(subject, reference, { rounds, milliseconds }) {
  for (let warm = 0; warm < 5; warm++) {
    await subject.round(milliseconds);
    await reference.round(milliseconds);
  }
  const pairs = [];
  for (let round = 0; round < rounds; round++) {
    if (round % 2 === 0) {
      const micros = await subject.round(milliseconds);
      pairs.push({ micros, reference: await reference.round(milliseconds) });
    } else {
      const other = await reference.round(milliseconds);
      pairs.push({ micros: await subject.round(milliseconds), reference: other });
    }
  }
  const ratios = pairs.map(({ micros, reference: other }) => micros / other);
  return {
    micros: median(pairs.map(({ micros }) => micros)),
    reference: median(pairs.map(({ reference: other }) => other)),
    ratio: median(ratios),
    least: Math.min(...ratios),
    greatest: Math.max(...ratios),
  };
}
