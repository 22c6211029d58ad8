// Takes the wasm apart for its way to the device; `public/unpack.js` says how.

import { Bytes, LONGER, move, ofLength, parts, streams, unpack, walk, WIDE, width } from "../../public/unpack.js";
import { sections } from "./wasm.mjs";

const CODE = 10;
const DATA = 11;

/** The parts of a wasm file. Throws unless they give the same file again, byte for byte. */
export function pack(wasm) {
  const to = streams();
  to.frame.put(wasm.subarray(0, 8));
  for (const { id, bytes } of sections(wasm)) {
    to.frame.write(id);
    to.frame.putNumber(bytes.length);
    if (id === CODE) takeApart(new Bytes(bytes), to);
    else (id === DATA ? to.data : to.frame).put(bytes);
  }
  const made = parts(to);
  if (!Buffer.concat([...unpack(made)]).equals(wasm)) throw new Error("the packed app is not the app");
  return made;
}

function takeApart(code, to) {
  const moves = {
    op() {
      const op = code.read();
      const wide = width(op) !== undefined && code.bytes[code.at] === width(op);
      if (wide) code.at++;
      to.op.write(wide ? op + WIDE : op);
      if (!wide && width(op) !== undefined) move(code, to.align);
      return op;
    },
    number: (stream) => move(code, to[stream]),
    constant() {
      const number = new Bytes();
      move(code, number);
      const longer = number.at > 1;
      to.i32.write(longer ? LONGER + number.at : number.bytes[0]);
      if (longer) to[ofLength(number.at)].put(number.written());
    },
    raw: (stream, length) => to[stream].put(code.take(length)),
  };
  const count = code.number();
  to.frame.putNumber(count);
  for (let rest = count; rest > 0; rest--) {
    code.number();
    walk(moves);
  }
}
