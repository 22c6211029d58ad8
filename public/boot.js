// Starts the app. Bundled with the code that wasm-bindgen makes; the address
// of the wasm file carries its content's hash.
import init from "takar-app";

import { partsOf, unpack } from "./unpack.js";

// Shown in the shell when the app itself cannot start, so it is not in the catalogue.
const FAILED =
  "Takar belum dapat dibuka karena sebagian aplikasi tidak sampai. " +
  "Data yang sudah Anda isi tetap aman di perangkat ini. Muat ulang halaman saat sambungan ada.";

const part = async (url) => {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
};

/** The app's code: whole from the service worker, on the first visit in parts. */
async function code() {
  if (navigator.serviceWorker?.controller) {
    const whole = await fetch(__WASM_URL__).catch(() => undefined);
    if (whole?.ok) return whole;
  }
  const parts = await Promise.all(partsOf(__WASM_URL__).map(part));
  return new Response(unpack(parts), { headers: { "Content-Type": "application/wasm" } });
}

init({ module_or_path: code() }).catch((error) => {
  console.error(error);
  const line = document.querySelector("#boot .state");
  if (line) line.textContent = FAILED;
});
