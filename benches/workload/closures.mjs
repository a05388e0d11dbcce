// Rules as closures: the plain way to run a tree of conditions without generating code. The second reading of the rules beside the oracle.

const tests = {
  in: (read, value) => (from, computed) => value.includes(read(from, computed)),
  is: (read, value) => (from, computed) => read(from, computed) === value,
  ">=": (read, value) => (from, computed) => read(from, computed) >= value,
  "<=": (read, value) => (from, computed) => read(from, computed) <= value,
  "<": (read, value) => (from, computed) => read(from, computed) < value,
  ">": (read, value) => (from, computed) => read(from, computed) > value,
  between: (read, [low, high]) => (from, computed) => {
    const number = read(from, computed);
    return number >= low && number <= high;
  },
  contains: (read, value) => (from, computed) => read(from, computed).includes(value),
  true: (read) => (from, computed) => read(from, computed) === true,
  present: (read) => (from, computed) => read(from, computed) !== undefined,
};

const results = new Set(["fit", "engagement", "total", "grade", "decision"]);

/** A condition of rules.mjs as a function of a lead and of what is computed from it. */
export function condition(when) {
  if (when.all) {
    const parts = when.all.map(condition);
    return (from, computed) => {
      for (const part of parts) if (!part(from, computed)) return false;
      return true;
    };
  }
  if (when.any) {
    const parts = when.any.map(condition);
    return (from, computed) => {
      for (const part of parts) if (part(from, computed)) return true;
      return false;
    };
  }
  if (when.not) {
    const part = condition(when.not);
    return (from, computed) => !part(from, computed);
  }
  const test = tests[when.op];
  if (test === undefined) throw new RangeError(`there is no test ${when.op}`);
  const { field } = when;
  return test(results.has(field) ? (from, computed) => computed[field] : (from) => from[field], when.value);
}

/** The sum of the points of the rules that hold, clamped. */
export function sum(rules, [low, high]) {
  const compiled = rules.map(({ when, points }) => ({ holds: condition(when), points }));
  return (from) => {
    let total = 0;
    for (const { holds, points } of compiled) if (holds(from, undefined)) total += points;
    return Math.min(high, Math.max(low, total));
  };
}

/** What the first row that holds says. */
export function firstHit({ rows, otherwise }) {
  const compiled = rows.map(({ when, then }) => ({ holds: condition(when), then }));
  return (from, computed) => {
    for (const { holds, then } of compiled) if (holds(from, computed)) return then;
    return otherwise;
  };
}

/** A scorer of a whole description: what rules.mjs exports. */
export function scorer(description) {
  const fit = sum(description.fit, description.range);
  const engagement = sum(description.engagement, description.range);
  const grade = firstHit(description.grade);
  const decision = firstHit(description.decision);
  const queue = firstHit(description.queue);
  return (from) => {
    const computed = { fit: fit(from), engagement: engagement(from), total: 0, grade: "", decision: "", queue: "" };
    computed.total = computed.fit + computed.engagement;
    computed.grade = grade(from, computed);
    computed.decision = decision(from, computed);
    computed.queue = queue(from, computed);
    return { fit: computed.fit, engagement: computed.engagement, grade: computed.grade, decision: computed.decision, queue: computed.queue };
  };
}
