import { merge } from "../patch";
import { chance, check, equal, truth } from "./check";

// The table of RFC 7396, appendix A: target, patch, result.
const appendix: [unknown, unknown, unknown][] = [
  [{ a: "b" }, { a: "c" }, { a: "c" }],
  [{ a: "b" }, { b: "c" }, { a: "b", b: "c" }],
  [{ a: "b" }, { a: null }, {}],
  [{ a: "b", b: "c" }, { a: null }, { b: "c" }],
  [{ a: ["b"] }, { a: "c" }, { a: "c" }],
  [{ a: "c" }, { a: ["b"] }, { a: ["b"] }],
  [{ a: { b: "c" } }, { a: { b: "d", c: null } }, { a: { b: "d" } }],
  [{ a: [{ b: "c" }] }, { a: [1] }, { a: [1] }],
  [["a", "b"], ["c", "d"], ["c", "d"]],
  [{ a: "b" }, ["c"], ["c"]],
  [{ a: "foo" }, null, null],
  [{ a: "foo" }, "bar", "bar"],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }],
  [[1, 2], { a: "b", c: null }, { a: "b" }],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
];

check("merge patches as RFC 7396 says", () => {
  for (const [target, patch, want] of appendix) equal(merge(target, patch), want, `${JSON.stringify(target)} with ${JSON.stringify(patch)}`);
});

check("what did not change keeps its identity", () => {
  const old = { a: { x: 1, y: [1, 2] }, b: { z: { q: 1 } } };
  truth(merge(old, { a: { x: 1, y: [1, 2] } }) === old, "a patch that changes nothing gives the same thing");
  const next = merge(old, { b: { z: { q: 2 } } });
  truth(next !== old && next.a === old.a && next.b !== old.b, "only the changed branch is new");
  equal(old.b.z.q, 1, "the old state");
});

check("a patch for every difference leads from any state to any other", () => {
  const roll = chance(7);
  for (let i = 0; i < 500; i++) {
    const [a, b] = [tree(roll, 3), tree(roll, 3)];
    equal(sorted(merge(a, difference(a, b))), sorted(b), "the state after the patch");
  }
});

type Tree = { [key: string]: Tree | number };

function tree(roll: () => number, depth: number): Tree {
  const t: Tree = {};
  for (const key of "abcd") if (roll() < 0.6) t[key] = depth > 0 && roll() < 0.5 ? tree(roll, depth - 1) : Math.floor(roll() * 3);
  return t;
}

function difference(a: Tree, b: Tree): Record<string, unknown> {
  const patch: Record<string, unknown> = {};
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const [x, y] = [a[key], b[key]];
    if (y === undefined) patch[key] = null;
    else if (typeof y === "object") patch[key] = typeof x === "object" ? difference(x, y) : difference({}, y);
    else if (x !== y) patch[key] = y;
  }
  return patch;
}

const sorted = (v: unknown): unknown =>
  typeof v === "object" && v !== null ? Object.fromEntries(Object.entries(v).sort().map(([k, x]) => [k, sorted(x)])) : v;
