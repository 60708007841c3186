export async function runBugs(seed: string): Promise<number> {
  console.log(seed);
  return 1;
}
