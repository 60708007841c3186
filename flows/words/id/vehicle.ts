/** The plate, or what stands for it: the bill of a new vehicle may have none. */
export function vehicle(plate: string): string {
  return plate === "" ? "kendaraan Anda" : plate;
}

/** The same where a sentence starts. */
export function vehicleFirst(plate: string): string {
  return plate === "" ? "Kendaraan Anda" : plate;
}
