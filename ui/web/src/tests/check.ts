// The page's own small tests run in the same browser as the page; unit_test.go bundles them and reads the outcome.
export interface Outcome { name: string; error: string }

const waiting: { name: string; run: () => void | Promise<void> }[] = [];

export function check(name: string, run: () => void | Promise<void>): void {
  waiting.push({ name, run });
}

export async function outcomes(): Promise<Outcome[]> {
  const all: Outcome[] = [];
  for (const { name, run } of waiting) {
    try {
      await run();
      all.push({ name, error: "" });
    } catch (e) {
      all.push({ name, error: e instanceof Error ? e.message : String(e) });
    }
  }
  return all;
}

export function equal(got: unknown, want: unknown, what = ""): void {
  const [a, b] = [JSON.stringify(got), JSON.stringify(want)];
  if (a !== b) throw new Error(`${what} is ${a}, want ${b}`);
}

export function close(got: number, want: number, relative: number, what = ""): void {
  if (!(Math.abs(got - want) <= relative * Math.abs(want))) throw new Error(`${what} is ${got}, want ${want}`);
}

export function truth(so: boolean, what: string): void {
  if (!so) throw new Error(`not so: ${what}`);
}

// until waits for what must come; it measures no time, it only gives up at last.
export async function until(so: () => boolean, what: string): Promise<void> {
  for (let i = 0; i < 2_000; i++) {
    if (so()) return;
    await new Promise((r) => setTimeout(r, 5));
  }
  throw new Error(`waited in vain: ${what}`);
}

// chance is a small seeded generator (mulberry32), so that a failure comes again.
export function chance(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
