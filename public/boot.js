// Starts the app. Bundled with the code that wasm-bindgen makes; the address
// of the wasm file carries its content's hash.
import init from "takar-app";

import { partsOf, unpack } from "./unpack.js";

// Shown in the shell when the app itself cannot start, so it is not in the catalogue.
const FAILED =
  "Takar belum dapat dibuka karena sebagian aplikasi tidak sampai. " +
  "Data yang sudah Anda isi tetap aman di perangkat ini. Muat ulang halaman saat sambungan ada.";
/** Where this device keeps the code as it was put together, for the next start. */
const KEPT = "code";

const kept = async () => caches.match(__WASM_URL__);

async function keep(code) {
  await caches.delete(KEPT);
  await (await caches.open(KEPT)).put(__WASM_URL__, code);
}

const part = async (url) => {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
};

/** Lets the browser do what else waits: a touch, a frame. */
const others = () =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = resolve;
    port2.postMessage(0);
  });

/** The shell is on the screen before the code asks for the connection. */
const shown = () =>
  document.hidden || new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

/** The app's code from its parts, given to the compiler while it is put together. */
async function together() {
  await shown();
  const pieces = unpack(await Promise.all(partsOf(__WASM_URL__).map(part)));
  const pull = async (stream) => {
    await others();
    const { done, value } = pieces.next();
    if (done) stream.close();
    else stream.enqueue(value);
  };
  return new Response(new ReadableStream({ pull }), { headers: { "Content-Type": "application/wasm" } });
}

async function start() {
  // Without a secure context, or with storage blocked, nothing is kept.
  const whole = await kept().catch(() => undefined);
  if (whole) return init(whole);
  const code = await together();
  const copy = code.clone();
  await init(code);
  // Only what could be compiled, and not before the first page is there.
  keep(copy).catch(() => {});
}

start().catch((error) => {
  console.error(error);
  // The next try begins with what the office sends.
  globalThis.caches?.delete(KEPT).catch(() => {});
  const line = document.querySelector("#boot .state");
  if (line) line.textContent = FAILED;
});
