import { useEffect, useRef } from "preact/hooks";
import { effect, signal } from "@preact/signals";
import { tick } from "./clock";
import { lang, t } from "./words";
import { chosen, choose, hovered, sameRef, theme, view } from "./store";
import { layoutOf, rectOf, type Layout } from "./layout";
import { key, type Box, type Scene } from "./scene";
import { fit, pan, scene, shown, toNow, zoom, allLanes } from "./window";
import { paint } from "./paint";
import type { Ink } from "./picture";
import { Tip } from "./tip";
import { step } from "./walk";
import type { Ref } from "./types";

// Timeline draws the whole day on one canvas: thousands of boxes pan smoothly, and the lists are its twin for
// whoever cannot see it.
export function Timeline() {
  const host = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const pointer = useRef(signal<{ x: number; y: number } | null>(null)).current;
  useEffect(() => {
    const stage = new Stage(host.current!, canvas.current!, pointer);
    return () => stage.end();
  }, []);
  return (
    <section class="timeline" aria-label={t("timeline.label")}>
      <div class="lanes" ref={host}>
        <canvas ref={canvas} tabIndex={0} role="application" aria-roledescription={t("timeline.role")} aria-label={t("timeline.help")} data-testid="timeline" />
        <div class="lanes-room" />
      </div>
      <Tip at={pointer} />
    </section>
  );
}

export function Zooms() {
  return (
    <div class="zooms" role="group" aria-label={t("zoom.group")}>
      <button onClick={() => zoom(1 / 1.5)} title={t("zoom.in")} aria-label={t("zoom.in")}>+</button>
      <button onClick={() => zoom(1.5)} title={t("zoom.out")} aria-label={t("zoom.out")}>−</button>
      <button onClick={toNow}>{t("zoom.now")}</button>
      <button onClick={fit}>{t("zoom.day")}</button>
      <button onClick={() => { allLanes.value = !allLanes.value; }} aria-pressed={allLanes.value}>{t("zoom.all")}</button>
    </div>
  );
}

// Stage owns the canvas: its size, when it is drawn, and what pointers and keys do on it.
class Stage {
  private readonly ctx: CanvasRenderingContext2D;
  private readonly off: (() => void)[] = [];
  private size = { width: 0, height: 0 };
  private ink: Ink | null = null;
  private layout: { scene: Scene; height: number; of: Layout } | null = null;
  private begun = false;
  private frame = 0;
  private drag: { x: number; y: number; moved: boolean } | null = null;
  private readonly touches = new Map<number, number>();

  constructor(private readonly host: HTMLElement, private readonly canvas: HTMLCanvasElement, private readonly pointer: { value: { x: number; y: number } | null }) {
    this.ctx = canvas.getContext("2d")!;
    this.watchSize();
    this.watchData();
    this.listen();
  }

  end(): void {
    cancelAnimationFrame(this.frame);
    for (const off of this.off) off();
  }

  private watchSize(): void {
    const seen = new ResizeObserver(() => { this.ink = null; this.resize(); this.ask(); });
    seen.observe(this.host);
    const scheme = matchMedia("(prefers-color-scheme: dark)");
    const restyle = () => { this.ink = null; this.ask(); };
    scheme.addEventListener("change", restyle);
    this.off.push(() => seen.disconnect(), () => scheme.removeEventListener("change", restyle));
  }

  private watchData(): void {
    this.off.push(effect(() => {
      void [scene.value, view.value, shown.value, hovered.value, chosen.value, tick.value, lang.value];
      this.ask();
    }));
    this.off.push(effect(() => {
      void theme.value;
      this.ink = null;
      this.ask();
    }));
  }

  private resize(): void {
    const { clientWidth: width, clientHeight: height } = this.host;
    this.size = { width, height };
    const scale = window.devicePixelRatio || 1;
    this.canvas.width = Math.round(width * scale);
    this.canvas.height = Math.round(height * scale);
    this.canvas.style.width = `${width}px`;
    this.canvas.style.height = `${height}px`;
    this.ctx.setTransform(scale, 0, 0, scale, 0, 0);
  }

  private ask(): void {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.draw());
  }

  private get px(): number { return (this.ink ??= inkOf(this.host)).px; }
  private get axis(): number { return Math.round(this.px * 1.9); }
  private get gutter(): number { return Math.round(Math.min(this.px * 17, this.size.width * 0.3)); }

  private laid(s: Scene): Layout {
    const height = this.size.height - this.axis;
    if (this.layout?.scene !== s || this.layout.height !== height) {
      const of = layoutOf(s, height, Math.max(10, this.px * 0.65), this.px * 2.2);
      this.layout = { scene: s, height, of };
      const room = this.host.querySelector<HTMLElement>(".lanes-room")!;
      room.style.height = `${Math.max(0, of.height + this.axis - this.size.height)}px`;
    }
    return this.layout.of;
  }

  private draw(): void {
    const v = view.peek();
    const s = scene.peek();
    if (!v || !s || this.size.width === 0) return;
    if (!this.begun) this.begin();
    this.ink ??= inkOf(this.host);
    paint({
      ctx: this.ctx, view: v, scene: s, layout: this.laid(s), window: shown.peek(), ink: this.ink, ...this.size,
      gutter: this.gutter, axis: this.axis, scroll: this.host.scrollTop, now: tick.peek(),
      lit: hovered.peek() ?? chosen.peek(), focus: chosen.peek(),
    });
  }

  // begin opens a narrow screen on the hours around now: there the whole day is too thin to touch.
  private begin(): void {
    this.begun = true;
    if (this.size.width < 600) toNow();
  }

  private on<K extends keyof HTMLElementEventMap>(to: HTMLElement, type: K, f: (e: HTMLElementEventMap[K]) => void, o?: AddEventListenerOptions): void {
    to.addEventListener(type, f as EventListener, o);
    this.off.push(() => to.removeEventListener(type, f as EventListener));
  }

  private listen(): void {
    const c = this.canvas;
    this.on(this.host, "scroll", () => this.ask());
    this.on(c, "wheel", (e) => this.wheel(e), { passive: false });
    this.on(c, "pointerdown", (e) => this.down(e));
    this.on(c, "pointermove", (e) => this.move(e));
    this.on(c, "pointerup", (e) => this.up(e));
    this.on(c, "pointercancel", (e) => this.up(e));
    this.on(c, "pointerleave", () => { hovered.value = null; this.pointer.value = null; });
    this.on(c, "dblclick", (e) => zoom(1 / 2.5, this.minuteAt(e.offsetX)));
    this.on(c, "keydown", (e) => this.keyed(e));
  }

  private perPx(): number { return (shown.peek().to - shown.peek().from) / Math.max(1, this.size.width - this.gutter); }
  private minuteAt(x: number): number { return shown.peek().from + (x - this.gutter) * this.perPx(); }

  // A wheel turns time: alone it zooms about the pointer, sideways or with shift it pans; over the names it scrolls.
  private wheel(e: WheelEvent): void {
    if (e.offsetX < this.gutter) return;
    e.preventDefault();
    const side = e.shiftKey ? e.deltaY || e.deltaX : Math.abs(e.deltaX) > Math.abs(e.deltaY) ? e.deltaX : 0;
    if (side) pan(side * this.perPx());
    else zoom(2 ** (e.deltaY / 400), this.minuteAt(e.offsetX));
  }

  private down(e: PointerEvent): void {
    this.touches.set(e.pointerId, e.offsetX);
    this.drag = { x: e.offsetX, y: e.offsetY, moved: false };
    if (e.pointerType === "mouse") this.canvas.setPointerCapture(e.pointerId);
  }

  private move(e: PointerEvent): void {
    if (this.touches.size === 2 && this.touches.has(e.pointerId)) return this.pinch(e);
    if (this.drag && this.touches.has(e.pointerId)) return this.dragged(e);
    const ref = this.hit(e.offsetX, e.offsetY)?.ref ?? null;
    if (!sameRef(ref, hovered.peek())) hovered.value = ref;
    this.pointer.value = ref ? { x: e.clientX, y: e.clientY } : null;
    this.canvas.style.cursor = ref ? "pointer" : "grab";
  }

  private dragged(e: PointerEvent): void {
    const d = this.drag!;
    if (!d.moved && Math.hypot(e.offsetX - d.x, e.offsetY - d.y) < 4) return;
    pan((d.x - e.offsetX) * this.perPx());
    if (e.pointerType === "mouse") this.host.scrollTop += d.y - e.offsetY;
    this.drag = { x: e.offsetX, y: e.offsetY, moved: true };
    this.pointer.value = null;
  }

  private pinch(e: PointerEvent): void {
    const spread = () => { const [a, b] = [...this.touches.values()]; return Math.abs(a! - b!); };
    const before = spread();
    this.touches.set(e.pointerId, e.offsetX);
    const [a, b] = [...this.touches.values()];
    if (before > 10 && spread() > 10) zoom(before / spread(), this.minuteAt((a! + b!) / 2));
    if (this.drag) this.drag.moved = true;
  }

  private up(e: PointerEvent): void {
    const click = this.drag && !this.drag.moved && this.touches.has(e.pointerId);
    this.touches.delete(e.pointerId);
    this.drag = null;
    if (click && e.type === "pointerup") choose(this.hit(e.offsetX, e.offsetY)?.ref ?? null);
  }

  private hit(x: number, y: number): Box | null {
    const s = scene.peek();
    if (!s || x < this.gutter || y < this.axis) return null;
    const l = this.laid(s);
    const yy = y - this.axis + this.host.scrollTop;
    const near = 2;
    for (let i = s.boxes.length - 1; i >= 0; i--) {
      const b = s.boxes[i]!;
      const r = rectOf(b, l, shown.peek(), this.gutter, this.size.width - this.gutter);
      if (r && x >= r.x - near && x <= r.x + r.w + near && yy >= r.y - 0.5 && yy <= r.y + r.h + 0.5) return b;
    }
    return null;
  }

  private keyed(e: KeyboardEvent): void {
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    const done = this.pressed(e.key, e.shiftKey);
    if (done) {
      e.preventDefault();
      e.stopPropagation();
    }
  }

  private pressed(k: string, shift: boolean): boolean {
    const span = shown.peek().to - shown.peek().from;
    const arrows: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const arrow = arrows[k];
    if (arrow && shift) return pan(arrow[0] * span * 0.15), (this.host.scrollTop += arrow[1] * 60), true;
    if (arrow) return this.walk(arrow), true;
    if (k === "+" || k === "=") return zoom(1 / 1.5), true;
    if (k === "-") return zoom(1.5), true;
    if (k === "Enter" && chosen.peek()) return document.querySelector<HTMLElement>(".detail")?.focus(), true;
    return false;
  }

  private walk([dx, dy]: [number, number]): void {
    const s = scene.peek();
    if (!s) return;
    const next = step(s, this.laid(s), chosen.peek(), dx, dy, this.size.width ? shown.peek() : null);
    if (next) {
      choose(next.ref);
      this.reveal(next);
    }
  }

  private reveal(b: Box): void {
    const w = shown.peek();
    if (b.to < w.from || b.from > w.to) pan(b.from - w.from - (w.to - w.from) / 3);
    const row = this.laid(scene.peek()!).rowOf.get(b.lane);
    if (!row) return;
    const room = this.size.height - this.axis;
    if (row.y < this.host.scrollTop) this.host.scrollTop = row.y;
    if (row.y + row.h > this.host.scrollTop + room) this.host.scrollTop = row.y + row.h - room;
  }
}

export const boxesOf = (s: Scene, r: Ref): Box[] => s.byRef.get(key(r)) ?? [];

function inkOf(host: HTMLElement): Ink {
  const css = getComputedStyle(host);
  const c = (name: string) => css.getPropertyValue(name).trim();
  return {
    bg: c("--bg"), panel: c("--panel"), line: c("--line"), faint: c("--faint"), text: c("--text"), mute: c("--mute"),
    now: c("--now"), bad: c("--bad"), past: c("--past"), dark: c("--dark") === "1", font: css.fontFamily, px: parseFloat(css.fontSize),
  };
}
