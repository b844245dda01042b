import { computed, signal } from "@preact/signals";

// The server's clock, which may run faster than the wall's: server time = now + wall elapsed × speed.
interface Base { server: number; wall: number; speed: number }

const base = signal<Base | null>(null);
export const speed = computed(() => base.value?.speed ?? 1);

// setClock takes the server's word for what time it is; the wall is the monotonic clock of this page.
export function setClock(now: string, rate: number, wall = performance.now()): void {
  base.value = { server: Date.parse(now), wall, speed: rate > 0 ? rate : 1 };
}

// serverNow is the server's time in ms since 1970; 0 before the server said any.
export function serverNow(wall = performance.now()): number {
  const b = base.peek();
  return b ? b.server + (wall - b.wall) * b.speed : 0;
}

// tick is serverNow, renewed at most four times a second and only while the page is seen.
export const tick = signal(0);

const perTick = 250;

export function startTicking(): void {
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  let last = -Infinity;
  const frame = (wall: number) => {
    const due = calm.matches ? 4 * perTick : perTick;
    if (wall - last >= due) {
      last = wall;
      tick.value = serverNow();
    }
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}
