/**
 * A lint rule for code that runs beside a job: in its functions and methods it may use no built-in that the job may have
 * replaced, but those that lib/natives.ts captured. At a module's top level it may: that runs before the job loads.
 *
 * It refuses what would run the job's code: a reference to a global, a method call by a name that some built-in prototype
 * has, and syntax that asks for an iterator. It knows no types, so a method of our own with the name of a built-in one
 * stands in `ours`. Getters of built-ins look like properties: no rule can find those.
 */

/** Folders and files whose functions run in a job's thread. */
export const threadSide: readonly string[] = [
  "lib/exec/slot/",
  "lib/exec/wire/",
  "lib/clock.ts",
  "lib/jobs/job_frame.ts",
  "lib/jobs/load.ts",
  "lib/jobs/place.ts",
  "lib/plain_items.ts",
];

/** Method calls that are ours, or the job's own, though a built-in has a method of that name; as `receiver.method`. */
export const ours: ReadonlySet<string> = new Set([
  "chunks.take",
  "clock.now",
  "drains.delete",
  "drains.get",
  "drains.set",
  "headers.get", // of a Response that the job has thrown
  "inexact.take",
  "lag.take",
  "options.now",
  "outbox.add",
  "probes.take",
  "queue.clear",
  "signal.abort",
  "runtime.close",
  "signal.close",
  "signals.delete",
  "signals.forEach",
  "signals.get",
  "signals.set",
  "slot.take",
  "spans.take",
  "values.next", // the job's generator
  "values.return",
]);

/** Nobody can replace these. */
const constants = ["undefined", "NaN", "Infinity"];

/** Names of all globals; a web page's event names and the like do no harm in it. */
const globals = new Set(Object.getOwnPropertyNames(globalThis).filter((name) => !constants.includes(name)));

/** Names of the methods of all built-in prototypes. */
const methods = methodNames();

function methodNames(): Set<string> {
  const names = new Set<string>();
  const seen = new Set<object>();
  const add = (prototype: object | null) => {
    if (prototype === null || seen.has(prototype)) return;
    seen.add(prototype);
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
      if (typeof value === "function" && name !== "constructor") names.add(name);
    }
    add(Object.getPrototypeOf(prototype));
  };
  for (const { value } of Object.values(Object.getOwnPropertyDescriptors(globalThis))) {
    if (typeof value === "function") add(value.prototype ?? null);
  }
  const iterators = [[].values(), new Map().values(), new Set().values(), "".matchAll(/x/g), ""[Symbol.iterator]()];
  for (const iterator of [...iterators, (function* () {})(), (async function* () {})()]) add(iterator);
  return names;
}

type Scope = Deno.lint.Node;

/** Whether code there runs when it is called, and not when its module loads. */
function inFunction(node: Deno.lint.Node): boolean {
  for (let at = node, above = parentOf(at); above !== undefined; at = above, above = parentOf(at)) {
    if (isFunction(above)) return true;
    if (above.type === "PropertyDefinition" && !above.static && above.value !== null && within(at, above.value)) {
      return true;
    }
  }
  return false;
}

function isFunction({ type }: Deno.lint.Node): boolean {
  return type === "FunctionDeclaration" || type === "FunctionExpression" || type === "ArrowFunctionExpression";
}

function within(node: Deno.lint.Node, other: Deno.lint.Node): boolean {
  return other.range[0] <= node.range[0] && node.range[1] <= other.range[1];
}

function parentOf(node: Deno.lint.Node): Deno.lint.Node | undefined {
  return (node as { parent?: Deno.lint.Node | null }).parent ?? undefined;
}

/** The functions around a node, innermost first, and the module. */
function scopesOf(node: Deno.lint.Node): Scope[] {
  const scopes: Scope[] = [];
  for (let above = parentOf(node); above !== undefined; above = parentOf(above)) {
    if (isFunction(above) || above.type === "Program") scopes.push(above);
  }
  return scopes;
}

const key = ({ range: [start, end] }: Scope) => `${start}-${end}`;

/** The names that a pattern binds. */
function* bound(pattern: Deno.lint.Node | null): Generator<string> {
  switch (pattern?.type) {
    case "Identifier":
      return yield pattern.name;
    case "AssignmentPattern":
      return yield* bound(pattern.left);
    case "RestElement":
      return yield* bound(pattern.argument);
    case "ArrayPattern":
      for (const element of pattern.elements) yield* bound(element);
      return;
    case "ObjectPattern":
      for (const property of pattern.properties) {
        yield* bound(property.type === "Property" ? property.value : property);
      }
  }
}

const expressionWrappers = ["TSAsExpression", "TSSatisfiesExpression", "TSNonNullExpression", "TSTypeAssertion"];

/** Whether an identifier reads a variable: it is not a property's name, a declaration, or a type. */
function isReference(node: Deno.lint.Identifier): boolean {
  const above = parentOf(node);
  if (above === undefined) return false;
  switch (above.type) {
    case "MemberExpression":
      return above.computed || within(node, above.object);
    case "Property":
      return (above.computed && within(node, above.key)) || (within(node, above.value) && isRead(above));
    case "MethodDefinition":
    case "PropertyDefinition":
      return above.type === "PropertyDefinition" && above.value !== null && within(node, above.value) ||
        above.computed && within(node, above.key);
    case "AssignmentPattern":
      return within(node, above.right);
    case "VariableDeclarator":
      return above.init !== null && within(node, above.init);
    case "FunctionDeclaration":
    case "FunctionExpression":
    case "ArrowFunctionExpression":
      return above.type === "ArrowFunctionExpression" && above.body !== null && within(node, above.body);
    case "ClassDeclaration":
    case "ClassExpression":
      return above.superClass !== null && within(node, above.superClass);
    case "ArrayPattern":
    case "RestElement":
    case "CatchClause":
    case "ImportSpecifier":
    case "ImportDefaultSpecifier":
    case "ImportNamespaceSpecifier":
    case "ExportSpecifier":
    case "LabeledStatement":
    case "BreakStatement":
    case "ContinueStatement":
    case "MetaProperty":
      return false;
  }
  return !above.type.startsWith("TS") || expressionWrappers.includes(above.type) &&
      within(node, (above as Deno.lint.TSAsExpression).expression);
}

/** Whether a property stands in an object that is made, not in a pattern. */
function isRead(property: Deno.lint.Node): boolean {
  return parentOf(property)?.type === "ObjectExpression";
}

/** Whether a node is part of a type, however deep. */
function inType(node: Deno.lint.Node): boolean {
  for (let at = node, above = parentOf(at); above !== undefined; at = above, above = parentOf(at)) {
    if (isFunction(above) || above.type.endsWith("Statement") || above.type === "Program") return false;
    if (!above.type.startsWith("TS")) continue;
    if (!expressionWrappers.includes(above.type) || !within(at, (above as Deno.lint.TSAsExpression).expression)) {
      return true;
    }
  }
  return false;
}

/** Without what a type assertion or an optional chain puts around it. */
function unwrapped(node: Deno.lint.Node): Deno.lint.Node {
  const wraps = node.type === "ChainExpression" || expressionWrappers.includes(node.type);
  return wraps ? unwrapped((node as Deno.lint.ChainExpression).expression) : node;
}

/** `this.#signals.get` is `signals.get`. */
function calleeName(receiver: Deno.lint.Node, method: string): string {
  const object = unwrapped(receiver);
  const last = object.type === "MemberExpression" ? object.property : object;
  const name = last.type === "Identifier" || last.type === "PrivateIdentifier" ? last.name : "";
  return `${name}.${method}`;
}

function create(context: Deno.lint.RuleContext): Deno.lint.LintVisitor {
  const file = context.filename.replaceAll("\\", "/");
  if (!threadSide.some((part) => part.endsWith("/") ? file.includes(part) : file.endsWith(part))) return {};
  const declared = new Map<string, Set<string>>();
  const references = new Map<number, Deno.lint.Identifier>(); // by place: a shorthand property is its name and its value
  const refuse = (node: Deno.lint.Node, found: string, remedy: string) => {
    if (inFunction(node)) context.report({ node, message: `${found}: the job may have replaced it`, hint: remedy });
  };
  const declare = (scope: Scope | undefined, names: Iterable<string>) => {
    if (scope === undefined) return;
    const known = declared.get(key(scope)) ?? new Set();
    for (const name of names) known.add(name);
    declared.set(key(scope), known);
  };
  const declareFunction = (node: Deno.lint.FunctionDeclaration | Deno.lint.FunctionExpression) => {
    for (const parameter of node.params) declare(node, bound(parameter as Deno.lint.Node));
    if (node.id) declare(node.type === "FunctionDeclaration" ? scopesOf(node)[0] : node, [node.id.name]);
  };
  return {
    ImportSpecifier: (node) => declare(scopesOf(node)[0], [node.local.name]),
    ImportDefaultSpecifier: (node) => declare(scopesOf(node)[0], [node.local.name]),
    ImportNamespaceSpecifier: (node) => declare(scopesOf(node)[0], [node.local.name]),
    VariableDeclarator: (node) => declare(scopesOf(node)[0], bound(node.id)),
    ClassDeclaration: (node) => declare(scopesOf(node)[0], node.id ? [node.id.name] : []),
    CatchClause: (node) => declare(scopesOf(node)[0], bound(node.param)),
    FunctionDeclaration: declareFunction,
    FunctionExpression: declareFunction,
    ArrowFunctionExpression(node) {
      for (const parameter of node.params) declare(node, bound(parameter as Deno.lint.Node));
    },
    Identifier(node) {
      if (globals.has(node.name) && isReference(node) && !inType(node)) references.set(node.range[0], node);
    },
    "Program:exit"() {
      for (const node of references.values()) {
        if (scopesOf(node).some((scope) => declared.get(key(scope))?.has(node.name))) continue;
        refuse(node, `the global \`${node.name}\``, `import what you need of it from lib/natives.ts`);
      }
    },
    CallExpression(node) {
      const callee = unwrapped(node.callee);
      if (callee.type !== "MemberExpression" || callee.computed || callee.property.type !== "Identifier") return;
      if (callee.object.type === "ThisExpression" || callee.object.type === "Super") return;
      const { name } = callee.property;
      if (!methods.has(name) || ours.has(calleeName(callee.object, name))) return;
      const remedy =
        `call the one of lib/natives.ts, \`${name}(receiver, ...)\`; a method of our own stands in \`ours\``;
      refuse(node, `the method \`${name}\``, remedy);
    },
    ForOfStatement: (node) => refuse(node, "the iterator of `for...of`", "loop over an index"),
    ArrayPattern: (node) => refuse(node, "the iterator of a destructured array", "take its items by their index"),
    SpreadElement(node) {
      if (parentOf(node)?.type !== "ObjectExpression") refuse(node, "the iterator of a spread", "loop over an index");
    },
    YieldExpression(node) {
      if (node.delegate) refuse(node, "the iterator of `yield*`", "loop over an index");
    },
  };
}

const plugin: Deno.lint.Plugin = { name: "tandem", rules: { "thread-side": { create } } };

export default plugin;
