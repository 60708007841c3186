/** What a visitor can try when the sandbox runs. Nothing here is about a real person. */
export interface SandboxSheet {
  /** The sandbox's test vehicles; more fields than these do no harm, they are not sent. */
  readonly vehicles: readonly SandboxVehicle[];
  readonly exampleNik: string;
  /** Where the vehicles are registered, as one answers it: "Jawa Barat". */
  readonly exampleRegion: string;
}

export interface SandboxVehicle {
  readonly chassis: string;
  readonly plate: string;
  /** What it shows, in Indonesian: "Tertunda, lalu lunas". */
  readonly titleId: string;
}

/** What the page gets of it. */
export function pageSheet({ vehicles, exampleNik, exampleRegion }: SandboxSheet): SandboxSheet {
  const shown = vehicles.map(({ chassis, plate, titleId }) => ({ chassis, plate, titleId }));
  return { vehicles: shown, exampleNik, exampleRegion };
}
