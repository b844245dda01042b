// merge applies an RFC 7396 merge patch. What did not change keeps its identity, so that only what changed is drawn.
export function merge<T>(target: T, patch: unknown): T {
  if (!isObject(patch)) return same(target, patch) ? target : (patch as T);
  const from: Record<string, unknown> = isObject(target) ? target : {};
  let to = from;
  for (const key of Object.keys(patch)) {
    const next = patch[key] === null ? undefined : merge(from[key], patch[key]);
    if (next === from[key] && key in from === (next !== undefined)) continue;
    if (to === from) to = { ...from };
    if (next === undefined) delete to[key];
    else to[key] = next;
  }
  return (isObject(target) ? to : { ...to }) as T;
}

function isObject(v: unknown): v is Record<string, unknown> {
  return typeof v === "object" && v !== null && !Array.isArray(v);
}

// same spares a list that came again unchanged.
function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  return Array.isArray(a) && Array.isArray(b) && JSON.stringify(a) === JSON.stringify(b);
}
