// What a device keeps for a page: in localStorage where that works, else in memory for as long as the page is open.

export class Store {
  #storage;
  /** @type {Map<string, string>} What the storage would not take. */
  #memory = new Map();

  /**
   * @param {string} start What the names of all that is kept begin with.
   * @param {Storage | null} storage
   */
  constructor(start, storage) {
    this.start = start;
    this.#storage = storage;
  }

  /** @param {string} name @returns {any} What is kept under a name, undefined for nothing. */
  get(name) {
    try {
      const text = this.#memory.get(name) ?? this.#storage?.getItem(this.start + name);
      return text == null ? undefined : JSON.parse(text);
    } catch {
      return undefined;
    }
  }

  /**
   * @param {string} name
   * @param {any} value
   * @returns {boolean} Whether it outlasts this page.
   */
  set(name, value) {
    const text = JSON.stringify(value);
    try {
      if (this.#storage) {
        this.#storage.setItem(this.start + name, text);
        this.#memory.delete(name);
        return true;
      }
    } catch {
      // It is full, or nobody may write to it.
    }
    this.#memory.set(name, text);
    return false;
  }

  /** @param {string} name */
  remove(name) {
    this.#memory.delete(name);
    try {
      this.#storage?.removeItem(this.start + name);
    } catch {
      // What cannot be read is not there.
    }
  }

  /** @param {string} start @returns {string[]} The names that begin so, in order. */
  names(start) {
    const found = new Set(this.#memory.keys());
    try {
      for (let n = 0; n < (this.#storage?.length ?? 0); n++) {
        const key = this.#storage?.key(n) ?? "";
        if (key.startsWith(this.start)) found.add(key.slice(this.start.length));
      }
    } catch {
      // As above.
    }
    return [...found].filter((name) => name.startsWith(start)).sort();
  }

  /** @param {string} name @returns {boolean} Whether what is kept under a name outlasts this page. */
  lasts(name) {
    return !this.#memory.has(name);
  }

  /** @param {string} start Forget all whose name begins so. */
  clear(start) {
    for (const name of this.names(start)) this.remove(name);
  }
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
