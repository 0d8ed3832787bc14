const { prototype } = Map;

/** A Map whose methods stay what they are, also where a job replaces those of `Map.prototype`. */
export class KeptMap<K, V> extends Map<K, V> {}

Object.defineProperties(KeptMap.prototype, {
  get: { value: prototype.get },
  set: { value: prototype.set },
  delete: { value: prototype.delete },
  forEach: { value: prototype.forEach },
  size: Object.getOwnPropertyDescriptor(prototype, "size")!,
});
