// Reading and writing a wasm file's sections (WebAssembly Core 2.0, 5.5).

export const IMPORTS = 2;

/** Reads LEB128 numbers and names one after the other. */
export class Reader {
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  number() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.bytes[this.at++];
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  }

  take(length) {
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  name() {
    return Buffer.from(this.take(this.number())).toString();
  }

  /** The bytes that `skip` steps over. */
  span(skip) {
    const from = this.at;
    skip();
    return this.bytes.subarray(from, this.at);
  }
}

/** A number as LEB128. */
export function number(value) {
  const bytes = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) | 128);
  return Buffer.from([...bytes, value]);
}

export function name(text) {
  const bytes = Buffer.from(text);
  return Buffer.concat([number(bytes.length), bytes]);
}

/** What stands behind the names of an import: its kind, 0 for a function, and type. */
export function importedAs(reader) {
  const limits = () => {
    const flags = reader.number();
    reader.number();
    if (flags & 1) reader.number();
  };
  return reader.span(() => {
    const kind = reader.number();
    if (kind === 0) reader.number();
    else if (kind === 1) reader.take(1), limits();
    else if (kind === 2) limits();
    else if (kind === 3) reader.take(2);
    else throw new Error(`an import of kind ${kind}`);
  });
}

/** Every section: its id and content. */
export function* sections(wasm) {
  const reader = new Reader(wasm, 8);
  while (reader.at < wasm.length) {
    const id = reader.number();
    yield { id, bytes: reader.take(reader.number()) };
  }
}
