// The wasm as it travels: its code taken apart by what a byte means, so that
// brotli finds like beside like. About a seventh smaller than the whole file.
//
// Taking apart and putting together are one walk over the instructions
// (WebAssembly Core 2.0, 5.4): `end2end/tools/pack.mjs` moves numbers from the
// code into streams, `unpack` moves them back, piece by piece, so that the
// browser compiles while it goes on and no piece keeps it from a touch.

/** Streams by name; the parts that travel are groups of them. */
const GROUPS = [
  ["op"],
  ["get", "set", "tee"],
  ["load", "store"],
  ["i32", "i32 of 2", "i32 of 3", "i32 of 4", "i32 of 5"],
  ["call"],
  ["data"],
  ["frame", "locals", "type", "label", "align", "i64", "float", "other"],
];
/** Bytes of code after which the browser gets its turn: a few milliseconds on a cheap phone. */
const PIECE = 1 << 15;
const CODE = 10;
const DATA = 11;
const LOAD = 0x28;
const STORE = 0x36;
/** Log2 of the bytes that each load and store moves: what its alignment almost always is. */
const WIDTH = [2, 3, 2, 3, 0, 0, 1, 1, 0, 0, 1, 1, 2, 2, 2, 3, 2, 3, 0, 1, 0, 1, 2];
/** What stands behind an instruction; one letter of `NUMBERS` per number. */
const BEHIND = {
  0x02: "t", 0x03: "t", 0x04: "t", 0x0c: "b", 0x0d: "b", 0x10: "c", 0x11: "oo",
  0x20: "g", 0x21: "s", 0x22: "e", 0x23: "o", 0x24: "o", 0x25: "o", 0x26: "o",
  0x3f: "o", 0x40: "o", 0x42: "l", 0xd0: "o", 0xd2: "o",
};
const NUMBERS = { t: "type", b: "label", c: "call", o: "other", g: "get", s: "set", e: "tee", l: "i64" };
/** Numbers behind the instructions that start with 0xfc, by their second byte. */
const LONG = [0, 0, 0, 0, 0, 0, 0, 0, 2, 1, 2, 1, 2, 1, 2, 1, 1, 1];

/** A place to read from and a place to write to. */
export class Bytes {
  constructor(bytes = new Uint8Array(1 << 16)) {
    this.bytes = bytes;
    this.at = 0;
  }

  read() {
    if (this.at >= this.bytes.length) throw new Error("the app's code ends too soon");
    return this.bytes[this.at++];
  }

  number() {
    let value = 0;
    for (let shift = 1; ; shift *= 128) {
      const byte = this.read();
      value += (byte & 127) * shift;
      if (byte < 128) return value;
    }
  }

  take(length) {
    if (this.at + length > this.bytes.length) throw new Error("the app's code ends too soon");
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  write(byte) {
    if (this.at === this.bytes.length) this.room(1);
    this.bytes[this.at++] = byte;
  }

  put(bytes) {
    this.room(bytes.length);
    this.bytes.set(bytes, this.at);
    this.at += bytes.length;
  }

  putNumber(value) {
    for (; value > 127; value = Math.floor(value / 128)) this.write((value % 128) | 128);
    this.write(value);
  }

  room(more) {
    if (this.at + more <= this.bytes.length) return;
    const larger = new Uint8Array(2 * (this.at + more));
    larger.set(this.bytes);
    this.bytes = larger;
  }

  written() {
    return this.bytes.subarray(0, this.at);
  }
}

/** Moves one number, as it is written, and gives its value. */
export function move(from, to) {
  let value = 0;
  for (let shift = 1; ; shift *= 128) {
    const byte = from.read();
    to.write(byte);
    value += (byte & 127) * shift;
    if (byte < 128) return value;
  }
}

/**
 * Walks over one function's body. `moves` has `op()`, which gives the next
 * instruction, `long()`, which gives its second byte, `number(stream)`, which
 * gives the number it moved, `constant()` and `raw(stream, length)`.
 */
export function walk(moves) {
  for (let groups = moves.number("locals"); groups > 0; groups--) {
    moves.number("locals");
    moves.raw("locals", 1);
  }
  for (let depth = 1; depth > 0; ) {
    const op = moves.op();
    const behind = BEHIND[op];
    if (behind) for (const letter of behind) moves.number(NUMBERS[letter]);
    if (op === 0x41) moves.constant();
    else if (op === 0x02 || op === 0x03 || op === 0x04) depth++;
    else if (op === 0x0b) depth--;
    else if (op === 0x0e) for (let labels = moves.number("label"); labels >= 0; labels--) moves.number("label");
    else if (op >= LOAD && op < LOAD + WIDTH.length) moves.number(op < STORE ? "load" : "store");
    else if (op === 0x43) moves.raw("float", 4);
    else if (op === 0x44) moves.raw("float", 8);
    else if (op === 0x1c) for (let types = moves.number("other"); types > 0; types--) moves.raw("other", 1);
    else if (op === 0xfc) for (let rest = LONG[moves.long()]; rest > 0; rest--) moves.number("other");
  }
}

/** Loads and stores whose alignment is their width say so by another byte, none that wasm knows. */
export const WIDE = 0xab;
export const width = (op) => WIDTH[op - LOAD];

/** What an instruction is to the number before it; most instructions are nothing of note. */
const KINDS = 7;
const KIND = Uint8Array.from({ length: 256 }, (_, byte) => {
  const op = byte >= LOAD + WIDE ? byte - WIDE : byte;
  if (op === 0x20) return 0;
  if (op === 0x41 || op === 0x42) return 1;
  if (op === 0x6a) return 2;
  if (op >= 0x45 && op <= 0xc4) return 3;
  return width(op) === undefined ? 6 : op < STORE ? 4 : 5;
});
/** A local that is read and a constant of one or two bytes stand in a stream of those before the same kinds. */
const APART = { get: KINDS * KINDS, i32: KINDS, "i32 of 2": KINDS };

/** The one of a name's streams for a number before the next of `ops`. */
export function before(ops, streams) {
  if (streams.length === 1) return streams[0];
  const next = KIND[ops.bytes[ops.at]];
  if (streams.length === KINDS) return streams[next];
  // Behind another read or a constant it is the one after that which tells.
  return streams[next * KINDS + (next > 1 ? 0 : KIND[ops.bytes[ops.at + 1]])];
}

/** `make()` for every stream: by group, by name, one beside the other. */
export const streams = (make) =>
  GROUPS.map((names, place) => names.map((name) => [name, Array.from({ length: APART[name] ?? 1 }, () => make(place))]));

/** Streams by their names alone. */
export const byName = (groups) => Object.fromEntries(groups.flat());

/** The addresses of the parts of the wasm at `url`. */
export const partsOf = (url) => GROUPS.map((_, place) => url.replace(/wasm$/, `${place}.part`));

/** Numbers that `i32.const` takes are apart by their length: a longer one leaves `LONGER` and its length. */
export const LONGER = 128;
export const ofLength = (length) => `i32 of ${length}`;

/** Puts the wasm together again, piece by piece. Throws where parts are cut or of different builds. */
export function* unpack(parts) {
  const sources = parts.map((bytes) => new Bytes(bytes));
  const from = byName(streams((place) => new Bytes(sources[place].take(sources[place].number()))));
  const [frame] = from.frame;
  yield frame.take(8);
  while (frame.at < frame.bytes.length) {
    const id = frame.read();
    const length = frame.number();
    const head = new Bytes();
    head.write(id);
    head.putNumber(length);
    yield head.written();
    if (id === CODE) yield* functions(from);
    else yield (id === DATA ? from.data[0] : frame).take(length);
  }
}

/** The instructions one by one: the commonest pairs, and pairs of those, travel as one byte. */
function single(stream) {
  const pairs = [];
  for (let rest = stream.number(); rest > 0; rest--) pairs[stream.read()] = stream.take(2);
  const ops = new Bytes();
  const put = (byte) => (pairs[byte] ? pairs[byte].forEach(put) : ops.write(byte));
  while (stream.at < stream.bytes.length) put(stream.read());
  return new Bytes(ops.written());
}

function* functions(from) {
  const body = new Bytes();
  const ops = single(from.op[0]);
  const moves = {
    op() {
      const byte = ops.read();
      const wide = byte >= LOAD + WIDE && byte < LOAD + WIDE + WIDTH.length;
      const op = wide ? byte - WIDE : byte;
      body.write(op);
      if (wide) body.write(width(op));
      else if (width(op) !== undefined) move(from.align[0], body);
      return op;
    },
    long() {
      const second = ops.read();
      body.write(second);
      return second;
    },
    number: (stream) => move(before(ops, from[stream]), body),
    constant() {
      const byte = before(ops, from.i32).read();
      if (byte < LONGER) body.write(byte);
      else body.put(before(ops, from[ofLength(byte - LONGER)]).take(byte - LONGER));
    },
    raw: (stream, length) => body.put(from[stream][0].take(length)),
  };
  const count = from.frame[0].number();
  let piece = new Bytes();
  piece.putNumber(count);
  for (let rest = count; rest > 0; rest--) {
    body.at = 0;
    walk(moves);
    piece.putNumber(body.at);
    piece.put(body.written());
    if (piece.at < PIECE && rest > 1) continue;
    yield piece.written();
    piece = new Bytes();
  }
}
