import type { Role } from "./types";
import type { Person } from "./api";
import { role } from "./store";

// Until there are accounts nobody is known by name here: an act says that it came from a board, and in which role.
export const people: Person[] = [
  { role: "viewer", name: "Board (viewer, no name)" },
  { role: "radiochemist", name: "Board (radiochemist, no name)" },
  { role: "release_person", name: "Board (release person, no name)" },
  { role: "pet_staff", name: "Board (PET staff, no name)" },
  { role: "coordinator", name: "Board (coordinator, no name)" },
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
