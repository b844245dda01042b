import { Live, type LiveState } from "../live";
import type { Message, View } from "../types";
import { check, equal, truth, until } from "./check";

// Wire stands for a socket whose server is the test.
class Wire {
  static readonly all: Wire[] = [];
  readyState: number = WebSocket.OPEN;
  onmessage: ((e: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  constructor(readonly url: string) { Wire.all.push(this); }
  close(): void { this.readyState = WebSocket.CLOSED; }
  says(m: unknown): void { this.onmessage?.({ data: JSON.stringify(m) }); }
  breaks(): void { this.close(); this.onclose?.(); }
  get query(): Record<string, string> { return Object.fromEntries(new URL(this.url).searchParams); }
}

function start(silence = 60_000) {
  Wire.all.length = 0;
  const heard: number[] = [];
  const states: LiveState[] = [];
  const waits: number[] = [];
  const live = new Live({
    url: "ws://board.test/live", day: "2026-11-24", silence, random: () => 0,
    message: (m: Message) => { if (m.type === "entry" || m.type === "snapshot") heard.push(m.seq); },
    state: (s, ms) => { if (states.at(-1) !== s) states.push(s); if (ms !== undefined) waits.push(ms); },
    socket: (url) => new Wire(url) as unknown as WebSocket,
  });
  live.open();
  return { live, heard, states, waits, wire: () => Wire.all.at(-1)! };
}

const snapshot = (seq: number, epoch = "e1") => ({ type: "snapshot", epoch, seq, now: "2026-11-24T06:00:00Z", speed: 1, view: {} as View, journal: [] });
const entry = (seq: number, after = 0) => ({ type: "entry", seq, after, entry: {}, patch: {} });

check("a snapshot, then each entry once", () => {
  const s = start();
  equal(s.wire().query, { day: "2026-11-24" }, "the first wish");
  s.wire().says(snapshot(5));
  for (const n of [6, 6, 5, 7]) s.wire().says(entry(n));
  equal(s.heard, [5, 6, 7], "what was handed on");
  equal(s.states, ["live"]);
  s.live.close();
});

check("after a cut it resumes by epoch and number", async () => {
  const s = start();
  s.wire().says(snapshot(5));
  s.wire().says(entry(9));
  s.wire().breaks();
  equal(s.states, ["live", "lost"]);
  await until(() => Wire.all.length === 2, "it connects again");
  equal(s.wire().query, { day: "2026-11-24", after: "9", epoch: "e1" }, "the second wish");
  s.wire().says(entry(10, 9));
  equal(s.heard, [5, 9, 10]);
  s.live.close();
});

check("an entry that is missing in between is asked for", () => {
  const s = start();
  s.wire().says(snapshot(5));
  s.wire().says(entry(8, 7));
  equal(s.heard, [5], "what was handed on");
  equal(Wire.all.length, 2, "connections");
  equal(s.wire().query["after"], "5");
  s.live.close();
});

check("a snapshot of another run replaces what was known", () => {
  const s = start();
  s.wire().says(snapshot(50));
  s.wire().says(snapshot(3, "e2"));
  s.wire().says(entry(4));
  equal(s.heard, [50, 3, 4]);
  s.live.close();
});

check("silence is noticed, and a handshake that hangs is silence", async () => {
  const s = start(20);
  await until(() => s.states.includes("silent"), "it notices");
  await until(() => Wire.all.length > 1, "it connects again");
  truth(Wire.all[0]!.readyState === WebSocket.CLOSED, "the hanging socket is closed");
  s.live.close();
});

check("waits grow, and end", async () => {
  const s = start();
  s.wire().breaks();
  for (let n = 1; n < 4; n++) {
    await until(() => Wire.all.length === n + 1, "it connects again");
    s.wire().breaks();
  }
  equal(s.waits.slice(0, 4), [250, 500, 1000, 2000], "the waits without their jitter, in ms");
  s.live.retry();
  s.wire().breaks();
  equal(s.waits[4], 250, "the wait after a person asked");
  s.live.close();
});

check("once closed it stays closed", async () => {
  const s = start(10);
  s.live.close();
  s.live.retry();
  await new Promise((r) => setTimeout(r, 30));
  equal(Wire.all.length, 1, "connections");
});
