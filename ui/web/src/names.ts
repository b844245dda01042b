import type { View, Visit } from "./types";

export const siteName = (v: View, id: string): string => v.sites?.find((s) => s.id === id)?.name || id;
export const centreName = (v: View, id: string): string => v.centres?.find((c) => c.id === id)?.name || id;

// scannerName leaves the centre's id out of the scanner's: riks-petct at riks is petct.
export function scannerName(x: Pick<Visit, "scanner" | "centre">): string {
  return x.scanner.startsWith(x.centre + "-") ? x.scanner.slice(x.centre.length + 1) : x.scanner;
}
