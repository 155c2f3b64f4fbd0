// The app's database as it lies on the disk, reached without the app: for journeys that look at it or damage it.

/** Goes to a page of the same origin on which no app runs. */
export async function besideTheApp(page, server) {
  await page.goto(`${server.url}icon/logo.svg`);
}

/** All entries of a store as `{ key, bytes }`, the bytes as numbers. */
export function entries(page, store) {
  return inStore(page, store, 'entries');
}

/** The keys of a store. */
export function keys(page, store) {
  return inStore(page, store, 'keys');
}

/** An entry that holds JSON; undefined where there is none. */
export async function json(page, store, key) {
  const bytes = await inStore(page, store, 'get', key);
  return bytes && JSON.parse(Buffer.from(bytes).toString());
}

/** Turns one bit of an entry, in its middle. */
export function flip(page, store, key) {
  return inStore(page, store, 'flip', key);
}

/** Turns one bit of an entry that holds JSON so that nobody can read it any more: that of its first brace. */
export function unread(page, store, key) {
  return inStore(page, store, 'unread', key);
}

/** Empties a store, or takes one entry out of it. */
export function remove(page, store, key) {
  return inStore(page, store, 'remove', key);
}

/** Whether the pages on the disk stand for everything that the log says. */
export async function isCheckpointed(page) {
  const [head, checkpoint] = [await json(page, 'meta', 'head'), await json(page, 'meta', 'checkpoint')];
  return Boolean(checkpoint) && head.position === checkpoint.position;
}

function inStore(page, store, what, key) {
  return page.evaluate(([storeName, task, at]) => new Promise((resolve, reject) => {
    const bytesOf = (value) => (value instanceof ArrayBuffer ? new Uint8Array(value) : value);
    const opening = indexedDB.open('perennial');
    // An empty database of the right name would be worse than none.
    opening.onupgradeneeded = () => opening.transaction.abort();
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const database = opening.result;
      const transaction = database.transaction(storeName, ['flip', 'unread', 'remove'].includes(task) ? 'readwrite' : 'readonly');
      const objects = transaction.objectStore(storeName);
      let answer;
      const tasks = {
        keys() {
          const request = objects.getAllKeys();
          request.onsuccess = () => { answer = request.result; };
        },
        get() {
          const request = objects.get(at);
          request.onsuccess = () => { answer = request.result && Array.from(bytesOf(request.result)); };
        },
        entries() {
          const [known, values] = [objects.getAllKeys(), objects.getAll()];
          values.onsuccess = () => {
            answer = known.result.map((name, index) => ({ key: name, bytes: Array.from(bytesOf(values.result[index])) }));
          };
        },
        turn(place) {
          const request = objects.get(at);
          request.onsuccess = () => {
            const bytes = new Uint8Array(bytesOf(request.result));
            bytes[place(bytes)] ^= 1;
            objects.put(bytes, at);
          };
        },
        flip() { tasks.turn((bytes) => Math.floor(bytes.length / 2)); },
        unread() { tasks.turn(() => 0); },
        remove() {
          if (at === undefined) objects.clear();
          else objects.delete(at);
        },
      };
      tasks[task]();
      transaction.oncomplete = () => { database.close(); resolve(answer); };
      transaction.onabort = () => { database.close(); reject(transaction.error); };
    };
  }), [store, what, key]);
}
