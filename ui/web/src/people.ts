import type { Role } from "./types";
import type { Person } from "./api";
import { role } from "./store";

// Until there are accounts a person of the demo stands behind each role; the names are invented.
export const people: Person[] = [
  { role: "viewer", name: "Vera Visning" },
  { role: "radiochemist", name: "Ragnhild Kjemi" },
  { role: "release_person", name: "Frida Frigivning" },
  { role: "pet_staff", name: "Per Strand" },
  { role: "coordinator", name: "Kari Koordinator" },
];

export const me = (): Person => people.find((p) => p.role === role.value) ?? people[0]!;

// duties is the desk's own table (scheduler/rules), so that a button which would be refused says so before.
const duties: Record<Role, string[]> = {
  radiochemist: ["Arm", "Fail", "Dispatch"],
  release_person: ["Release", "Fail"],
  pet_staff: ["Book", "Cancel", "Receive", "Inject", "StartScan", "FinishScan"],
  coordinator: ["Book", "Cancel", "Fail"],
  viewer: [],
};

export const may = (command: string): boolean => duties[role.value].includes(command);
export const rolesFor = (command: string): Role[] => (Object.keys(duties) as Role[]).filter((r) => duties[r].includes(command));
