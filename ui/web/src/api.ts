import type { Role } from "./types";

// Problem is the server's refusal (RFC 9457): what was tried, why not, and which law.
export interface Problem { title?: string; detail?: string; law?: string; status?: number }

export class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail || problem.title || String(problem.status ?? ""));
  }
}

export interface Person { name: string; role: Role }

// send asks for a command under an id of its own: sent again after a cut with the same id, it is done once.
export async function send(who: Person, path: string, body: unknown, id: string = newID()): Promise<void> {
  const answer = await fetch(path, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      "Beamslot-Name": encodeURIComponent(who.name),
      "Beamslot-Role": who.role,
      "Idempotency-Key": id,
    },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Refused(await problemOf(answer));
}

async function problemOf(answer: Response): Promise<Problem> {
  try {
    return { status: answer.status, ...((await answer.json()) as Problem) };
  } catch {
    return { status: answer.status, detail: `${answer.status} ${answer.statusText}` };
  }
}

// newID is random; crypto.randomUUID is there only on https and loopback, getRandomValues everywhere.
export function newID(): string {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
}

export async function fetchDays(): Promise<string[]> {
  const answer = await fetch("/api/days");
  if (!answer.ok) throw new Refused(await problemOf(answer));
  const got = (await answer.json()) as unknown;
  const list = Array.isArray(got) ? got : ((got as { days?: unknown[] }).days ?? []);
  return list.map((d) => (typeof d === "string" ? d : String((d as { date?: string }).date ?? ""))).filter(Boolean);
}
