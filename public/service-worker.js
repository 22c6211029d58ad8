// The app without a connection: one versioned set of files, precached whole or
// not at all, never mixed with another version's. It never answers for /api,
// and a new version takes over only when a person presses the banner.

const FILES = self.__WB_MANIFEST; // [{ url, revision: SHA-256 hex }]
const CACHE = "takar-__VERSION__";
const SHELL = "/index.html";
const LISTED = new Set(FILES.map((file) => file.url));

async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Fetches a file, or takes it from the set before; refuses any other content
 * (a captive portal's page, a half-finished deployment). */
async function store(cache, { url, revision }) {
  const kept = url.startsWith("/pkg/") ? await caches.match(url) : undefined;
  const headers = { Accept: url === SHELL ? "text/html" : "*/*" };
  const answer = kept ?? (await fetch(url, { cache: "no-cache", credentials: "same-origin", headers }));
  if (!answer.ok || answer.redirected) throw new Error(`${url}: ${answer.status}`);
  const copy = answer.clone();
  if ((await sha256(await answer.arrayBuffer())) !== revision) throw new Error(`${url}: other content`);
  await cache.put(url, copy);
}

async function install() {
  const cache = await caches.open(CACHE);
  try {
    await Promise.all(FILES.map((file) => store(cache, file)));
  } catch (error) {
    await caches.delete(CACHE);
    throw error;
  }
}

async function activate() {
  for (const name of await caches.keys()) {
    if (name.startsWith("takar-") && name !== CACHE) await caches.delete(name);
  }
  await self.clients.claim();
}

async function fromSet(request, url) {
  const cache = await caches.open(CACHE);
  return (await cache.match(url)) ?? fetch(request);
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => {
  if (event.data === "SKIP_WAITING" || event.data?.type === "SKIP_WAITING") self.skipWaiting();
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin || pathname.startsWith("/api/")) return;
  if (LISTED.has(pathname)) event.respondWith(fromSet(request, pathname));
  else if (request.mode === "navigate" && !pathname.startsWith("/pkg/")) event.respondWith(fromSet(request, SHELL));
});
