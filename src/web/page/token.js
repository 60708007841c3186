/** What this tab keeps for as long as it is open, a reload included. Where storage is forbidden, until the reload. */
const memory = new Map();

/** @param {string} name @returns {string | undefined} */
export function kept(name) {
  try {
    return sessionStorage.getItem(`loket.${name}`) ?? undefined;
  } catch {
    return memory.get(name);
  }
}

/** @param {string} name @param {string} value */
export function keep(name, value) {
  memory.set(name, value);
  try {
    sessionStorage.setItem(`loket.${name}`, value);
  } catch {
    // Full or forbidden: the tab works on, it only forgets at the reload.
  }
}

/** 128 random bits. randomUUID is not there on plain http, where the counter may run in a home network. */
export function randomId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Who this tab is. Never leaves it but in the Authorization header to its own server. */
export function tabToken() {
  const found = kept("token");
  if (found !== undefined) return found;
  const made = randomId();
  keep("token", made);
  return made;
}
