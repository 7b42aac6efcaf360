/** What is known of a file: a Blob, or an object of data, name and type; `undefined` for what is none. */
export function fileOf(given) {
  try {
    const bytes = sizeOf(isBlob(given) ? given : given.data);
    const { type, name } = given;
    const isFile = isBlob(given) || (typeof type === "string" && typeof name === "string");
    return isFile && bytes >= 0 ? { bytes, mime: mediaType(type) } : undefined;
  } catch {
    return undefined;
  }
}

/** What some systems call the types that the service takes. */
const ALIASES = { "image/jpg": "image/jpeg", "image/pjpeg": "image/jpeg", "image/x-png": "image/png" };

/** A media type in lower case, without parameters, by the name that the service knows. */
function mediaType(text) {
  const type = text.split(";")[0].trim().toLowerCase();
  return ALIASES[type] ?? type;
}

/** A Blob of this realm, or of another: of undici, or of jsdom. */
const isBlob = (it) =>
  typeof it === "object" && it !== null && typeof it.size === "number" && typeof it.type === "string" && typeof it.slice === "function";

function sizeOf(data) {
  if (isBlob(data)) return data.size;
  return ArrayBuffer.isView(data) || data instanceof ArrayBuffer ? data.byteLength : undefined;
}

/**
 * The form of these parts, a name and a text or a file each; `undefined` when it cannot be made. It
 * becomes a FormData, or bytes, when it is sent: that is the fetch's to say (fetch.js).
 */
export function formOf(parts) {
  try {
    return parts.map(([name, value]) => {
      if (typeof value === "string") return { name, value };
      return { name, value: blobOf(value), filename: value.name ?? `file.${value.type.split(/[/;]/)[1]}` };
    });
  } catch {
    return undefined;
  }
}

/** The file as a Blob. What has the bytes of a caller's own is copied: they may change. */
function blobOf(file) {
  const type = mediaType(file.type);
  if (isBlob(file) && (type === file.type || !(file instanceof Blob))) return file;
  const data = isBlob(file) ? file : file.data;
  if (!isBlob(data) || data instanceof Blob) return new Blob([data], { type });
  return { size: data.size, type, slice: (...range) => data.slice(...range), arrayBuffer: () => data.arrayBuffer() };
}
