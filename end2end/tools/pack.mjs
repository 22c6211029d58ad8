// Takes the wasm apart for its way to the device; `public/unpack.js` says how.

import { before, byName, Bytes, LONGER, move, ofLength, streams, unpack, walk, WIDE, width } from "../../public/unpack.js";
import { sections } from "./wasm.mjs";

const CODE = 10;
const DATA = 11;
/** So many pairs of instructions become one: more give less than they cost. */
const PAIRS = 48;

/** The parts of a wasm file. Throws unless they give the same file again, byte for byte. */
export function pack(wasm) {
  const groups = streams(() => new Bytes());
  const to = byName(groups);
  const [frame] = to.frame;
  frame.put(wasm.subarray(0, 8));
  for (const { id, bytes } of sections(wasm)) {
    frame.write(id);
    frame.putNumber(bytes.length);
    if (id === CODE) takeApart(bytes, to);
    else (id === DATA ? to.data[0] : frame).put(bytes);
  }
  const made = groups.map(part);
  if (!Buffer.concat([...unpack(made)]).equals(wasm)) throw new Error("the packed app is not the app");
  return made;
}

/** A part that travels: each stream of a group behind its length. */
function part(group) {
  const part = new Bytes();
  for (const stream of group.flatMap(([, streams]) => streams)) {
    part.putNumber(stream.at);
    part.put(stream.written());
  }
  return part.written();
}

/** First the instructions alone, since what comes next says where a number goes. */
function takeApart(bytes, to) {
  const nowhere = byName(streams(() => new Bytes()));
  const found = new Bytes();
  functions(new Bytes(bytes), nowhere, nowhere.op[0], (byte) => found.write(byte));
  const again = new Bytes(found.written());
  functions(new Bytes(bytes), to, again, () => again.read());
  pairUp(found.written(), to.op[0]);
}

/** Puts bytes that no instruction has in place of the commonest pairs, one after the other. */
function pairUp(ops, to) {
  const used = new Set(ops);
  const free = Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => !used.has(byte));
  const codes = free.slice(0, PAIRS);
  to.putNumber(codes.length);
  let left = Array.from(ops);
  for (const code of codes) {
    const [first, second] = commonest(left);
    to.put([code, first, second]);
    const joined = [];
    for (let at = 0; at < left.length; at++) {
      const pair = left[at] === first && left[at + 1] === second;
      joined.push(pair ? code : left[at]);
      if (pair) at++;
    }
    left = joined;
  }
  to.put(left);
}

function commonest(bytes) {
  const counts = new Uint32Array(1 << 16);
  for (let at = 1; at < bytes.length; at++) counts[bytes[at - 1] * 256 + bytes[at]]++;
  const most = counts.indexOf(counts.reduce((a, b) => Math.max(a, b)));
  return [most >> 8, most & 255];
}

function functions(code, to, ops, pass) {
  const moves = {
    op() {
      const op = code.read();
      const wide = width(op) !== undefined && code.bytes[code.at] === width(op);
      if (wide) code.at++;
      pass(wide ? op + WIDE : op);
      if (!wide && width(op) !== undefined) move(code, to.align[0]);
      return op;
    },
    long() {
      const second = code.read();
      pass(second);
      return second;
    },
    number: (stream) => move(code, before(ops, to[stream])),
    constant() {
      const number = new Bytes();
      move(code, number);
      const longer = number.at > 1;
      before(ops, to.i32).write(longer ? LONGER + number.at : number.bytes[0]);
      if (longer) before(ops, to[ofLength(number.at)]).put(number.written());
    },
    raw: (stream, length) => to[stream][0].put(code.take(length)),
  };
  const count = code.number();
  to.frame[0].putNumber(count);
  for (let rest = count; rest > 0; rest--) {
    code.number();
    walk(moves);
  }
}
