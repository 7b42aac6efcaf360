/** What is known of a file: a Blob, or an object of data, name and type; `undefined` for what is none. */
export function fileOf(given) {
  try {
    const bytes = sizeOf(given instanceof Blob ? given : given.data);
    const { type, name } = given;
    const isFile = given instanceof Blob || (typeof type === "string" && typeof name === "string");
    return isFile && bytes >= 0 ? { bytes, mime: type.split(";")[0].trim().toLowerCase() } : undefined;
  } catch {
    return undefined;
  }
}

function sizeOf(data) {
  if (data instanceof Blob) return data.size;
  return ArrayBuffer.isView(data) || data instanceof ArrayBuffer ? data.byteLength : undefined;
}

/** The form of these parts, a name and a text or a file each; `undefined` when it cannot be made. */
export function formOf(parts) {
  try {
    const form = new FormData();
    for (const [name, value] of parts) {
      if (typeof value === "string") form.append(name, value);
      else form.append(name, blobOf(value), value.name ?? `file.${value.type.split(/[/;]/)[1]}`);
    }
    return form;
  } catch {
    return undefined;
  }
}

const blobOf = (file) => (file instanceof Blob ? file : new Blob([file.data], { type: file.type }));
