// What assistive technology is told: the accessibility tree of a page as text, and what is wrong with it.

const LANDMARKS = new Set(['navigation', 'complementary', 'region', 'form', 'search']);
const CONTROLS = new Set(['button', 'link', 'textbox', 'searchbox', 'combobox', 'checkbox', 'radio', 'switch', 'slider', 'spinbutton',
  'menuitem', 'menuitemcheckbox', 'menuitemradio', 'option', 'tab', 'Date', 'DateTime', 'InputTime']);
const HOLDERS = new Set(['table', 'grid', 'treegrid', 'tree', 'listbox', 'menu', 'dialog', 'alertdialog', 'tablist', 'radiogroup', 'toolbar']);
const SILENT = new Set(['none', 'generic', 'StaticText', 'InlineTextBox', 'LineBreak', 'ListMarker', 'paragraph', 'LayoutTable']);

/** The tree of a page: { role, name, level, children }, without what only holds others together. */
export async function tree(page) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  const known = new Map(nodes.map((node) => [node.nodeId, node]));
  const grow = (node) => {
    const children = (node.childIds ?? []).flatMap((id) => (known.has(id) ? grow(known.get(id)) : []));
    const role = node.role?.value ?? 'none';
    if (node.ignored || role === 'none' || role === 'generic' || role === 'InlineTextBox') return children;
    const level = node.properties?.find(({ name }) => name === 'level')?.value?.value;
    return [{ role, name: (node.name?.value ?? '').trim(), level, children: role === 'StaticText' ? [] : children }];
  };
  return grow(nodes[0])[0];
}

/** The tree as indented lines. */
export function written(node, depth = 0) {
  const own = node.role === 'StaticText' ? `“${node.name}”` : `${node.role}${node.level ? ` ${node.level}` : ''}${node.name ? ` “${node.name}”` : ''}`;
  const told = node.children.filter((child) => !(child.role === 'StaticText' && child.name === node.name));
  return [`${'  '.repeat(depth)}${own}`, ...told.flatMap((child) => written(child, depth + 1))];
}

/** What is wrong with a tree, in sentences. */
export function faults(root) {
  const found = [];
  const count = { main: 0, h1: 0 };
  const landmarks = new Map();
  const walk = (node, path, isNamed) => {
    const here = [...path, node.role + (node.name ? ` “${node.name.slice(0, 40)}”` : '')];
    const place = here.slice(-4).join(' > ');
    if (node.role === 'main') count.main += 1;
    if (node.role === 'heading' && node.level === 1) count.h1 += 1;
    if (node.role === 'heading' && !node.name) found.push(`a heading without words: ${place}`);
    if (LANDMARKS.has(node.role)) {
      if (!node.name) found.push(`a landmark without a name: ${place}`);
      const key = `${node.role} ${node.name}`;
      landmarks.set(key, (landmarks.get(key) ?? 0) + 1);
    }
    if (CONTROLS.has(node.role) && !node.name) found.push(`a control without a name: ${place}`);
    if (HOLDERS.has(node.role) && !node.name) found.push(`nobody says what this holds: ${place}`);
    if (node.role === 'list' && !node.name && !isNamed) found.push(`a list that nothing names: ${place}`);
    if (node.role === 'image' && !node.name) found.push(`a picture without words: ${place}`);
    // What stands in something that is named is named by that.
    const names = isNamed || (node.name && (LANDMARKS.has(node.role) || HOLDERS.has(node.role) || ['group', 'list', 'listitem', 'article'].includes(node.role)));
    node.children.forEach((child) => walk(child, SILENT.has(node.role) ? path : here, names));
  };
  walk(root, [], false);
  // A dialog stands before the page, which is silent as long as it is open.
  const isDialog = root.children.some(({ role }) => role === 'dialog');
  if (isDialog) return found;
  if (count.main !== 1) found.push(`${count.main} main parts`);
  if (count.h1 !== 1) found.push(`${count.h1} headings of the first level`);
  for (const [key, times] of landmarks) if (times > 1) found.push(`${times} landmarks of one name: ${key}`);
  return found;
}
