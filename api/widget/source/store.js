// What a device keeps for a page: in localStorage where that works, else in memory for as long as the page is open.

/**
 * @typedef {object} Store
 * @property {string} start What the names of all that is kept begin with.
 * @property {(name: string) => any} get What is kept under a name, undefined for nothing.
 * @property {(name: string, value: any) => boolean} set Gives whether it outlasts this page.
 * @property {(name: string) => void} remove
 * @property {(start: string) => string[]} names Those that begin so, in order.
 * @property {(name: string) => boolean} lasts Whether what is kept under a name outlasts this page.
 * @property {(start: string) => void} clear Forgets all whose name begins so.
 */

/** @param {string} start @param {Storage | null} storage @returns {Store} */
export function storeOf(start, storage) {
  /** @type {Map<string, string>} What the storage would not take. */
  const memory = new Map();

  /** @template T @param {() => T} act @returns {T | undefined} Undefined where the storage is blocked, or full. */
  const tried = (act) => {
    try {
      return act();
    } catch {
      return undefined;
    }
  };
  /** @param {string} name */
  const remove = (name) => {
    memory.delete(name);
    tried(() => storage?.removeItem(start + name));
  };
  /** @param {string} beginning */
  const names = (beginning) => {
    const kept = tried(() => Array.from({ length: storage?.length ?? 0 }, (_, n) => storage?.key(n) ?? "")) ?? [];
    const found = kept.filter((key) => key.startsWith(start)).map((key) => key.slice(start.length));
    return [...new Set([...memory.keys(), ...found])].filter((name) => name.startsWith(beginning)).sort();
  };
  return {
    start,
    remove,
    names,
    get: (name) => tried(() => JSON.parse(memory.get(name) ?? storage?.getItem(start + name) ?? "null")) ?? undefined,
    set(name, value) {
      const text = JSON.stringify(value);
      const lasts = !!tried(() => (storage?.setItem(start + name, text), storage));
      if (lasts) memory.delete(name);
      else memory.set(name, text);
      return lasts;
    },
    lasts: (name) => !memory.has(name),
    clear: (beginning) => names(beginning).forEach(remove),
  };
}

/** @returns {Storage | null} The page's storage; null where reading it throws, as it does where it is blocked. */
export function storageOfPage() {
  try {
    const storage = window.localStorage;
    storage.getItem("");
    return storage;
  } catch {
    return null;
  }
}
