// Starts the app. Bundled with the code that wasm-bindgen makes; the address
// of the wasm file carries its content's hash.
import init from "takar-app";

// Shown in the shell when the app itself cannot start, so it is not in the catalogue.
const FAILED =
  "Takar belum dapat dibuka karena sebagian aplikasi tidak sampai. " +
  "Data yang sudah Anda isi tetap aman di perangkat ini. Muat ulang halaman saat sambungan ada.";

init({ module_or_path: __WASM_URL__ }).catch((error) => {
  console.error(error);
  const line = document.querySelector("#boot .state");
  if (line) line.textContent = FAILED;
});
