import type { Message } from "./types";

// LiveState: silent means that the server has said nothing for longer than two beats; what is shown may be old.
export type LiveState = "connecting" | "live" | "silent" | "lost";

export interface LiveOptions {
  url: string; // ws://host/live
  day: string;
  message(m: Message): void;
  state(s: LiveState, retryInMs?: number): void;
  socket?(url: string): WebSocket; // for tests; the browser's own otherwise
  silence?: number; // ms, 12,000 unless said
  random?(): number;
}

const firstWait = 500;
const longestWait = 15_000;

// Live follows one day: a snapshot, then each entry; after a cut it resumes by epoch and number, or is sent a
// fresh snapshot. It hands on nothing twice and nothing out of order.
export class Live {
  private ws: WebSocket | null = null;
  private epoch = "";
  private seq = 0;
  private tries = 0;
  private quiet = 0;
  private again = 0;
  private closed = false;

  constructor(private readonly o: LiveOptions) {}

  open(): void {
    this.closed = false;
    this.connect();
  }

  close(): void {
    this.closed = true;
    this.drop();
  }

  // retry connects now instead of when the wait is over: the network came back, or a person asked.
  retry(): void {
    if (this.closed || this.ws?.readyState === WebSocket.OPEN) return;
    this.tries = 0;
    this.connect();
  }

  private connect(): void {
    this.drop();
    const ws = (this.o.socket ?? ((u) => new WebSocket(u)))(this.address());
    this.ws = ws;
    this.listen(); // a handshake that hangs is silence too
    ws.onmessage = (e) => { if (ws === this.ws) this.hear(String(e.data)); };
    ws.onclose = () => { if (ws === this.ws) this.wait(); };
  }

  private address(): string {
    const q = new URLSearchParams({ day: this.o.day });
    if (this.epoch) {
      q.set("after", String(this.seq));
      q.set("epoch", this.epoch);
    }
    return `${this.o.url}?${q}`;
  }

  private hear(text: string): void {
    const m = JSON.parse(text) as Message;
    this.tries = 0;
    this.listen();
    if (m.type === "snapshot") {
      this.epoch = m.epoch;
      this.seq = m.seq;
    } else if (m.type === "entry") {
      if (m.seq <= this.seq) return;
      if ((m.after ?? 0) > this.seq) return this.connect(); // one in between is missing: resume before it
      this.seq = m.seq;
    }
    this.o.message(m);
    this.o.state("live");
  }

  private listen(): void {
    clearTimeout(this.quiet);
    this.quiet = window.setTimeout(() => {
      this.o.state("silent");
      this.wait();
    }, this.o.silence ?? 12_000);
  }

  // wait backs off, each time about twice as long and never quite as long as the neighbour's browser.
  private wait(): void {
    this.drop();
    if (this.closed) return;
    const most = Math.min(longestWait, firstWait * 2 ** this.tries++);
    const ms = most / 2 + ((this.o.random ?? Math.random)() * most) / 2;
    this.o.state("lost", ms);
    this.again = window.setTimeout(() => this.connect(), ms);
  }

  private drop(): void {
    clearTimeout(this.again);
    clearTimeout(this.quiet);
    const ws = this.ws;
    this.ws = null;
    if (ws) {
      ws.onmessage = ws.onclose = null;
      ws.close();
    }
  }
}
