// Makes one script of a CommonJS package and what it requires, so that a page can load a peer that ships nothing for browsers.
import { readFileSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';

/** The text of a script that puts the exports of package `name` under `globalThis[as]`. */
export function link(name, as) {
  const modules = new Map();
  const entry = visit(createRequire(import.meta.url).resolve(name), modules);
  const bodies = [...modules].map(([path, { id, source, names }]) =>
    `/* ${path.replace(/.*node_modules\//, '')} */ ${id}: [${JSON.stringify(names)}, function (require, module, exports) {\n${source}\n}]`);
  return `globalThis[${JSON.stringify(as)}] = (() => {
    const modules = {${bodies.join(',\n')}};
    const loaded = {};
    const load = (id) => {
      if (id === null) return {};
      if (!loaded[id]) {
        const module = loaded[id] = { exports: {} };
        const [names, body] = modules[id];
        body.call(module.exports, (name) => load(names[name]), module, module.exports);
      }
      return loaded[id].exports;
    };
    return load(${entry});
  })();`;
}

function visit(path, modules) {
  if (modules.has(path)) return modules.get(path).id;
  const source = readFileSync(path, 'utf8');
  const made = { id: modules.size, source, names: {} };
  modules.set(path, made);
  const require = createRequire(path);
  for (const [, name] of source.matchAll(/\brequire\(['"]([^'"]+)['"]\)/g)) {
    // What only Node has is left empty: the peers ask for it but do not need it here.
    made.names[name] = isBuiltin(name) ? null : visit(require.resolve(name), modules);
  }
  return made.id;
}
